import type { InstallSkillsPlan } from '../../lib/pod-plan.ts';
import type { RunCommand } from '../command.ts';
import type { InstalledEntry } from '../installed-record.ts';
import type { Log } from '../log.ts';

/** What every step of an installation works with. */
export interface Context {
  readonly plan: InstallSkillsPlan;
  readonly log: Log;
  readonly run: RunCommand;
  readonly env: NodeJS.ProcessEnv;
  /** A directory of this run alone, which nobody needs afterwards. */
  readonly scratch: string;
  /** What is installed, by key. Saved after every change. */
  readonly installed: Map<string, InstalledEntry>;
  readonly save: () => Promise<void>;
}

/** The part of the record that says what an entry was installed for: another version or digest is another wish. */
export function askedFor({ version, integrity }: { readonly version: string | null; readonly integrity: string | null }): string {
  return `${version ?? 'newest'} ${integrity ?? 'any'}`;
}

/** False for a tag such as `beta` and for no version at all: whatever release was installed for it fulfils it. */
export function isExact(version: string | null): boolean {
  return version !== null && /^\d/.test(version);
}
