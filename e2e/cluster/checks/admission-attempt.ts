import type { ApiAnswer, ApiClient, ApiObject } from '../api-client.ts';

export const MERGE = 'application/merge-patch+json';

/** Who tries; `admission.ts` says who that is to the API server. */
export type Person =
  | 'Argo CD'
  | 'Flux'
  | 'the Job'
  | 'a Job elsewhere'
  | 'the agent'
  | 'the garbage collector'
  | 'the namespace controller'
  | 'the companion'
  | 'a helper'
  | 'somebody';

/** What somebody tries, and what becomes of it. */
export interface Attempt {
  readonly person: Person;
  readonly title: string;
  /** Name of the policy that denies it (`A or B` where both do), `RBAC` for the authorizer; null when it passes. */
  readonly denied: string | null;
  readonly send: (client: ApiClient) => Promise<ApiAnswer>;
}

/** A change, by dry run. */
export function patched(path: string, change: object, type = MERGE): Attempt['send'] {
  return (client) => client.send('PATCH', `${path}?dryRun=All`, change, type);
}

export function removed(path: string): Attempt['send'] {
  return (client) => client.send('DELETE', `${path}?dryRun=All`);
}

export function created(object: object): Attempt['send'] {
  return (client) => client.create(object as ApiObject, { dryRun: true });
}
