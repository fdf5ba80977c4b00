import { setTimeout as sleep } from 'node:timers/promises';

const BETWEEN_LOOKS_MILLISECONDS = 100;

/** What a look at the cluster found: what was waited for, or what is there instead. */
export type Look<Value> = { readonly value: Value } | { readonly seen: string };

/** Looks until what is waited for is there, and throws with what was seen last when it does not come. */
export async function eventually<Value>(what: string, seconds: number, look: () => Promise<Look<Value>>): Promise<Value> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if ('value' in found) return found.value;
    if (performance.now() > deadline) throw new Error(`${what}: not after ${seconds} s, but ${found.seen}`);
    await sleep(BETWEEN_LOOKS_MILLISECONDS);
  }
}
