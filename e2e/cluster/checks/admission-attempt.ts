import type { ApiAnswer, ApiClient } from '../api-client.ts';

/** Who tries; `admission.ts` says who that is to the API server. */
export type Person =
  | 'Argo CD'
  | 'Flux'
  | 'the Job'
  | 'a Job elsewhere'
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
