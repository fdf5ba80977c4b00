/**
 * Makes every wanted model be there before the agent starts. A model that is there is left alone, without the network, so that a
 * restart is quick and works offline; what a try has downloaded stays, and the next try goes on from it. One that cannot be had
 * ends the program, and so holds the agent back, with the model's name and Ollama's reason.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { PullModelsPlan } from '../../lib/pod-plan.ts';
import { backOffMs } from '../back-off.ts';
import { Failure } from '../failure.ts';
import { type Log, quote } from '../log.ts';
import { BrokenAnswer, pullModel, showModel } from './ollama-api.ts';
import { type Progress, progressOf } from './progress.ts';
import { connectionSetback, ollamaSetback, type Setback } from './setback.ts';

export interface PullModelsOptions {
  /** How long tries may go on that bring no byte more than there was. */
  readonly fruitlessMs?: number;
  /** Ends the wait for the answer to one question. */
  readonly patience?: () => AbortSignal;
  /** How long a stream may tell nothing new. Checking the digest of a large model is silent for minutes. */
  readonly silenceMs?: number;
  /** For all models together. */
  readonly deadlineMs?: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly now?: () => number;
}

const SILENT = 'told nothing new for too long';
const DEFAULTS = {
  fruitlessMs: 180_000,
  patience: () => AbortSignal.timeout(60_000),
  silenceMs: 600_000,
  deadlineMs: 24 * 3_600_000,
  sleep: pause,
};

type Settings = Required<PullModelsOptions> & { readonly api: string; readonly log: Log; readonly began: number };

/** Pulls the models of the plan that are not there, in order; throws a Failure that says which model cannot be had and why. */
export async function runPullModels(plan: PullModelsPlan, log: Log, options: PullModelsOptions = {}): Promise<void> {
  const now = options.now ?? performance.now.bind(performance);
  const settings: Settings = { ...DEFAULTS, ...options, now, api: plan.api, log, began: now() };
  for (const model of plan.models) await provide(model, settings);
}

async function provide(model: string, settings: Settings): Promise<void> {
  const { log, now, fruitlessMs, deadlineMs, began, sleep } = settings;
  const progress = progressOf(model, log, now);
  let fruitfulMs = now();
  let failedInARow = 0;
  for (;;) {
    const setback = await tryOnce(model, progress, settings);
    if (setback === null) return;
    if (progress.gained()) {
      fruitfulMs = now();
      failedInARow = 0;
    }
    failedInARow += 1;
    if (!setback.mayPass) throw new Failure(setback.what, setback.hint);
    const leftMs = Math.min(fruitfulMs + fruitlessMs, began + deadlineMs) - now();
    if (leftMs <= 0) throw new Failure(`gave up after ${Math.round((now() - began) / 1000)} s: ${setback.what}`, setback.hint);
    if (failedInARow === 1 || failedInARow % 10 === 0) log.warn(`${setback.what}; trying again`);
    await sleep(backOffMs(failedInARow, null, leftMs));
  }
}

/** Null once Ollama has the model. */
async function tryOnce(model: string, progress: Progress, settings: Settings): Promise<Setback | null> {
  const { api, log, patience } = settings;
  try {
    const before = await showModel(api, model, patience());
    if (before.status === 200) {
      log.did(`model ${quote(model)} is there`);
      return null;
    }
    if (before.status === 400) return ollamaSetback(model, before.error);
    const { error, succeeded, wasSilent } = await pull(model, progress, settings);
    if (wasSilent) return connectionSetback(api, model, SILENT);
    if (error !== null) return ollamaSetback(model, error);
    if (!succeeded) return connectionSetback(api, model, 'ended its answer before the model was there');
    const after = await showModel(api, model, patience());
    if (after.status !== 200) return ollamaSetback(model, `pulled, but not usable: ${after.error || `HTTP status ${after.status}`}`);
    log.did(`model ${quote(model)} is there now`);
    return null;
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    return connectionSetback(api, model, problem);
  }
}

interface Pulled {
  /** What Ollama says went wrong. */
  readonly error: string | null;
  readonly succeeded: boolean;
  /** True when it told nothing new for so long that nobody listens any more. */
  readonly wasSilent: boolean;
}

async function pull(model: string, progress: Progress, { api, now, silenceMs, began, deadlineMs }: Settings): Promise<Pulled> {
  const stopped = new AbortController();
  const startedMs = now();
  const watch = setInterval(
    () => {
      const silent = now() - Math.max(startedMs, progress.lastNewsMs()) > silenceMs;
      if (silent || now() - began > deadlineMs) stopped.abort();
    },
    Math.min(silenceMs, 1000),
  );
  let error: string | null = null;
  let succeeded = false;
  try {
    await pullModel(api, model, stopped.signal, (event) => {
      if (event.error !== undefined) error ??= event.error;
      else progress.take(event);
      if (event.status === 'success') succeeded = true;
    });
  } catch (problem) {
    if (!stopped.signal.aborted) throw problem;
  } finally {
    clearInterval(watch);
  }
  return { error, succeeded, wasSilent: stopped.signal.aborted };
}

/** What the network did, or null for an error that is no network's. */
function problemOf(error: unknown): string | null {
  if (error instanceof BrokenAnswer) return `is not understood: ${error.message}`;
  if (!(error instanceof Error)) return null;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'does not answer in time';
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? null : `cannot be reached (${code})`;
}
