/**
 * The form of a rule: a check of one instance beyond what its schema can say. The file's name is the rule's id; ids mean one
 * thing and are never reused. A rule that needs to know other objects finds them in its context.
 */
import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Path, SourceObject } from '../parse/source.ts';
import type { Companions } from '../resolve/companions.ts';
import type { Instance } from '../resolve/instance.ts';
import type { Lock } from '../resolve/lock.ts';
import type { Resolved } from '../resolve/resolved.ts';

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence for the rule table. */
  readonly summary: string;
  /** What the reader can do, unless a finding says it better. */
  readonly hint: string;
  readonly check: (context: RuleContext) => readonly Finding[];
}

export interface RuleContext {
  readonly instance: Instance;
  readonly resolved: Resolved;
  readonly companions: Companions;
  /** Null where there is none. */
  readonly lock: Lock | null;
  /** False where the lock has problems of its own, which are told elsewhere. */
  readonly lockIsReadable: boolean;
  /** All instances of the input, for the rules about several at once. */
  readonly instances: readonly Instance[];
  /** Objects that pass through unchanged. */
  readonly passThrough: readonly SourceObject[];
}

export interface Finding {
  /** Path in the user's document, e.g. `['spec', 'tailscale', 'mode']`; what is not there points at its nearest parent. */
  readonly path: Path;
  readonly part?: 'key' | 'value';
  /** Found, quoted; then what was expected. No final full stop, never a secret. */
  readonly message: string;
  readonly hint?: string;
  /** The object that `path` is in, when it is not the instance itself. */
  readonly object?: SourceObject;
  /** Overrides the rule's severity, for a rule that is an error in one case and advice in another. */
  readonly severity?: Severity;
}
