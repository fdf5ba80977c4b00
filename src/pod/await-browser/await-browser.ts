import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 250;
const ANSWER_MS = 5000;

export type Outcome = { readonly answered: true; readonly browser: string } | { readonly answered: false; readonly reason: string };

/** Asks until a browser tells its version, as the Chrome DevTools Protocol does over HTTP. */
export async function awaitBrowser(url: string, timeoutMs: number): Promise<Outcome> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const outcome = await ask(url);
    if (outcome.answered || performance.now() >= end) return outcome;
    await sleep(PAUSE_MS);
  }
}

async function ask(url: string): Promise<Outcome> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    const version = (await answer.json()) as { readonly Browser?: unknown } | null;
    if (!answer.ok) return { answered: false, reason: `status ${answer.status}` };
    if (typeof version?.Browser !== 'string') return { answered: false, reason: 'it is something else than a browser' };
    return { answered: true, browser: version.Browser.replace(/[^\x20-\x7e]/g, '?') };
  } catch (error) {
    return { answered: false, reason: reasonOf(error) };
  }
}

/** Node's fetch wraps the reason, e.g. that nothing listens. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { cause } = error;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message;
}
