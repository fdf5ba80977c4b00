/** The contributions gathered so far, and the two ways to read one slot of all of them in order. */
import type { Contribution } from './contribution.ts';

/** An item and the feature, or the derivation of compose, that planned it. */
export interface Owned<T> {
  readonly owner: string;
  readonly item: T;
}

export interface Part {
  readonly owner: string;
  readonly contribution: Contribution;
}

type Slot<T> = (contribution: Contribution) => readonly T[] | undefined;

/** The items of one slot, in order. */
export function itemsOf<T>(parts: readonly Part[], slot: Slot<T>): T[] {
  const found: T[] = [];
  for (const { contribution } of parts) {
    const items = slot(contribution);
    if (items !== undefined) found.push(...items);
  }
  return found;
}

/** The items of one slot, in order, each with its owner. */
export function ownedItemsOf<T>(parts: readonly Part[], slot: Slot<T>): Owned<T>[] {
  const found: Owned<T>[] = [];
  for (const { owner, contribution } of parts) {
    for (const item of slot(contribution) ?? []) found.push({ owner, item });
  }
  return found;
}
