/** Orders strings by UTF-16 code units: the only string order used here, since locale orders differ between machines. */
export function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Returns a copy of `items` ordered by the code units of `key(item)`; equal keys keep their order. */
export function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((left, right) => byCodeUnits(key(left), key(right)));
}
