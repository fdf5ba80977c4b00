/**
 * How an agent asks for a change of its own instance: a request is one entry of the ConfigMap `<name>-self-config`, as JSON, and so
 * is its answer. The agent writes requests, the companion answers them by a pull request or a reason why not; the instance in Git
 * says what is allowed.
 */
import type { JsonObject } from './json.ts';

export const SELF_CONFIG_SCHEMA = 1;

/** Key of a request; the id is `sc-<unix seconds>-<8 hex digits>`. */
export function requestKey(id: string): string {
  return `request.${id}`;
}

/** Key of the answer to a request. */
export function answerKey(id: string): string {
  return `answer.${id}`;
}

/** One-shot: it is answered once. At most ten items a list, as the operator's OpenClawSelfConfig. */
export interface SelfConfigRequest {
  readonly schema: typeof SELF_CONFIG_SCHEMA;
  readonly addSkills?: readonly string[];
  readonly removeSkills?: readonly string[];
  /** Merged into `spec.config.raw`: objects deeply, everything else replaced. */
  readonly configPatch?: JsonObject;
  readonly addWorkspaceFiles?: Readonly<Record<string, string>>;
  readonly removeWorkspaceFiles?: readonly string[];
  readonly addEnvVars?: readonly { readonly name: string; readonly value: string }[];
  readonly removeEnvVars?: readonly string[];
}
