/** The form of a section of the lock: what the input uses, what is locked, and how the world outside is asked. */
import type { Json } from '../../lib/json.ts';
import type { Uses } from '../../render.ts';

/** The object's name: there because every object has one. */
export const LOCK_NAME = 'openclaw';

/** The lock's keys, which are the plurals in messages too. */
export type SectionKey = 'images' | 'packs' | 'plugins' | 'skills';

export interface Section {
  readonly key: SectionKey;
  /** Each name that the input uses, with the first user of it. */
  readonly wanted: (uses: Uses) => ReadonlyMap<string, string>;
  /** What the previous lock says, by name. */
  readonly locked: (uses: Uses) => ReadonlyMap<string, Json>;
  /** What is locked and yet has to be asked again. */
  readonly stale?: (uses: Uses) => ReadonlySet<string>;
  /** The name of the file that an entry has beside the lock, where it has one. */
  readonly vendoredName?: (name: string) => string;
}

/** Answers each question; what fails is a problem of that one only. */
export type Settle = (questions: readonly Question[], surroundings: Surroundings) => Promise<readonly Settled[]>;

export interface Question {
  readonly name: string;
  /** What the lock says now, when it is asked again. */
  readonly previous: Json | undefined;
}

export interface Settled {
  readonly name: string;
  /** Null where there is a problem. */
  readonly entry: Json | null;
  /** Why there is no entry: who was asked and what came of it, without a full stop. */
  readonly problem: string | null;
  /** What the reader should know although there is an entry, each without a full stop. */
  readonly remarks?: readonly string[];
  /** The file that is kept beside the lock. */
  readonly vendored?: VendoredFile;
}

export interface VendoredFile {
  /** Name in the directory for such files. */
  readonly name: string;
  readonly text: string;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Platforms that every image must run on, such as `linux/arm64`. */
  readonly platforms: readonly string[];
  /** Told when one question is answered. */
  readonly onSettled: () => void;
  /** Told before a service is waited for. */
  readonly onWait: (service: string, milliseconds: number) => void;
}
