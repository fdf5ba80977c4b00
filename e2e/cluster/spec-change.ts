import type { BesideObject } from './rendered.ts';

export interface UserSpec {
  readonly storage?: { readonly persistence?: object };
  readonly [field: string]: unknown;
}

/** What a user changes in a running instance, and what that may touch. */
export interface SpecChange {
  readonly name: string;
  /** An empty spec unless told. */
  readonly before?: UserSpec;
  readonly after: UserSpec;
  /** ConfigMaps that the instance refers to, in the same input. */
  readonly beside?: readonly BesideObject[];
  /** The claim is bound before the change: only a bound one grows. */
  readonly bound?: true;
  /** What happens to the StatefulSet: one new revision of its pods, another number of the same pods, or nothing. */
  readonly statefulSet: 'rolls out' | 'scales' | 'stays';
  /** A Job's template never changes: other work is another Job. */
  readonly job: 'other name' | 'stays' | 'is gone';
}

/** A change that the renderer refuses, so that it never reaches a cluster. */
export interface RefusedChange {
  readonly name: string;
  readonly before?: UserSpec;
  readonly after: UserSpec;
  /** The rule that refuses. */
  readonly rule: string;
}
