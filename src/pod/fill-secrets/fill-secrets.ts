/**
 * Gives every wanted key of every wanted Secret a random value, once. A value that exists is never touched, whoever wrote it.
 * The apply is server-side with our own manager, so that neither engine sees drift or takes the value away,
 * and is bound to the version that was read, so that two runs at once end with one value.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FillSecretsPlan } from '../../lib/pod-plan.ts';
import { valueAt } from '../../lib/json.ts';
import { Failure } from '../failure.ts';
import { type Log, quote } from '../log.ts';
import { type Answer, type ApiServer, callApiServer } from '../api-server.ts';
import { backOffMs } from '../back-off.ts';
import { newValues } from './new-values.ts';
import { type LiveSecret, type WantedSecret, applyBody, conflictingOwners, liveSecret } from './secret.ts';

export interface FillSecretsOptions {
  /** How long to wait for Secrets and rights that the engine has yet to apply, and for a server that does not answer. */
  readonly deadlineMs?: number;
  /** Rights arrive within moments of the Job or not at all. */
  readonly forbiddenMs?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => number;
}

const DEADLINE_MS = 300_000;
const FORBIDDEN_MS = 60_000;
/** Conflicts of this many tries in a row are no race with another run. */
const OWNER_CONFLICTS = 3;

/** Why an attempt came to nothing and whether another may succeed. */
interface Setback {
  readonly what: string;
  readonly hint?: string | undefined;
  readonly kind: 'wait' | 'forbidden' | 'owner' | 'final';
  readonly retryAfterSeconds?: number | null;
}

/** Fills all Secrets of the plan; throws a Failure that says which Secret could not be filled and why. */
export async function runFillSecrets(plan: FillSecretsPlan, server: ApiServer, log: Log, options: FillSecretsOptions = {}): Promise<void> {
  const now = options.now ?? performance.now.bind(performance);
  const began = now();
  const filled = new Map<string, LiveSecret>();
  for (const wanted of plan.secrets)
    await fillSecret(plan, wanted, filled, server, log, {
      deadlineMs: DEADLINE_MS,
      forbiddenMs: FORBIDDEN_MS,
      sleep: pause,
      ...options,
      now,
      began,
    });
}

async function fillSecret(
  plan: FillSecretsPlan,
  wanted: WantedSecret,
  filled: Map<string, LiveSecret>,
  server: ApiServer,
  log: Log,
  options: Required<FillSecretsOptions> & { readonly began: number },
): Promise<void> {
  let ownerConflicts = 0;
  for (let attempt = 1; ; attempt += 1) {
    const setback = await tryToFill(plan, wanted, filled, server, log);
    if (setback === null) return;
    const elapsedMs = options.now() - options.began;
    ownerConflicts = setback.kind === 'owner' ? ownerConflicts + 1 : 0;
    const limitMs = setback.kind === 'forbidden' ? Math.min(options.forbiddenMs, options.deadlineMs) : options.deadlineMs;
    if (setback.kind === 'final' || ownerConflicts >= OWNER_CONFLICTS) throw new Failure(setback.what, setback.hint);
    if (elapsedMs >= limitMs) throw new Failure(`gave up after ${Math.round(elapsedMs / 1000)} s: ${setback.what}`, setback.hint);
    if (attempt === 1 || attempt % 10 === 0) log.warn(`${setback.what}; trying again`);
    await options.sleep(backOffMs(attempt, setback.retryAfterSeconds ?? null, limitMs - elapsedMs));
  }
}

/** One read and, where values are missing, one apply; null when nothing is missing any more: then `filled` has the Secret. */
async function tryToFill(
  { namespace, fieldManager }: FillSecretsPlan,
  wanted: WantedSecret,
  filled: Map<string, LiveSecret>,
  server: ApiServer,
  log: Log,
): Promise<Setback | null> {
  const title = `Secret ${quote(wanted.name)} in namespace ${quote(namespace)}`;
  const url = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(wanted.name)}`;
  const read = await call(server, 'GET', url);
  if (read.status === 404)
    return { kind: 'wait', what: `found no ${title}`, hint: 'it is rendered beside this Job: apply all rendered objects together' };
  if (read.status !== 200) return setbackOf(read, title, 'get');
  const secret = liveSecret(read.body, fieldManager);
  if (secret === null) return { kind: 'wait', what: `found something else than a Secret in the answer for ${title}` };
  const values = newValues(secret, wanted, filled);
  if (values.size === 0) {
    filled.set(wanted.name, secret);
    log.did(`${title} has all keys`);
    return null;
  }
  const names = [...values.keys()].map(quote).join(', ');
  if (secret.isImmutable)
    return { kind: 'final', what: `${title} lacks ${names} and is immutable`, hint: 'delete it: it will be rendered and filled anew' };
  const path = `${url}?fieldManager=${encodeURIComponent(fieldManager)}&force=false`;
  const answer = await call(server, 'PATCH', path, applyBody(namespace, wanted.name, secret, values));
  if (answer.status === 409) {
    const owners = conflictingOwners(answer.body);
    if (owners.length === 0) return { kind: 'wait', what: `${title} changed while it was filled` };
    return {
      kind: 'owner',
      what: `${title} has values for ${names} that ${owners.map(quote).join(', ')} owns`,
      hint: 'remove those keys where they are written: the Secret is rendered without data',
    };
  }
  if (answer.status === 404) return { kind: 'wait', what: `${title} was deleted while it was filled` };
  if (answer.status !== 200) return setbackOf(answer, title, 'patch');
  const stored = liveSecret(answer.body, fieldManager);
  if (stored === null || [...values].some(([key, value]) => stored.data.get(key) !== value))
    return { kind: 'wait', what: `${title} still lacks keys after it was filled`, hint: 'an admission webhook may remove them' };
  filled.set(wanted.name, stored);
  log.did(`${title}: filled ${names}`);
  return null;
}

/** The answer, or status 0 with a word for what the network did. */
async function call(...request: Parameters<typeof callApiServer>): Promise<Answer & { readonly problem?: string }> {
  try {
    return await callApiServer(...request);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code, name } = error as NodeJS.ErrnoException;
    return { status: 0, retryAfterSeconds: null, body: undefined, problem: code === 'ABORT_ERR' ? 'no answer in time' : (code ?? name) };
  }
}

/** Only status and reason of an answer are repeated: its message may echo what was sent. */
function setbackOf(answer: Answer & { readonly problem?: string }, title: string, verb: 'get' | 'patch'): Setback {
  const { status, retryAfterSeconds } = answer;
  const reason = valueAt(answer.body, 'reason');
  const answered = `${status}${typeof reason === 'string' && /^[A-Za-z]{1,64}$/.test(reason) ? ` ${reason}` : ''}`;
  if (status === 0)
    return {
      kind: 'wait',
      what: `cannot reach the API server for ${title} (${answer.problem})`,
      hint: 'the NetworkPolicy of this Job opens ports 443 and 6443 only',
    };
  if (status === 401) return { kind: 'forbidden', what: `the API server does not accept this Job's token (${answered})` };
  if (status === 403)
    return {
      kind: 'forbidden',
      what: `this Job may not ${verb} the ${title} (${answered})`,
      hint: 'its Role must allow get and patch on exactly this Secret name: apply all rendered objects together',
    };
  if (status === 429 || status >= 500) return { kind: 'wait', retryAfterSeconds, what: `the API server answered ${answered} for ${title}` };
  return { kind: 'final', what: `the API server refused to ${verb} the ${title} (${answered})` };
}
