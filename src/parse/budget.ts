import { LIMITS } from './limits.ts';

/** What has been used of the limits that hold for the whole input; the readers add to it while they read. */
export interface Budget {
  objects: number;
  values: number;
  expansionCharacters: number;
}

export function newBudget(): Budget {
  return { objects: 0, values: 0, expansionCharacters: 0 };
}

export function valuesLeft(budget: Budget): boolean {
  return budget.values <= LIMITS.values;
}
