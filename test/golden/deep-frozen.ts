/** Freezes a value through and through, maps and sets included: whoever changes it throws. */
export function deepFrozen<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) return value;
  seen.add(value);
  if ((value instanceof Map || value instanceof Set) && !Object.isFrozen(value)) {
    for (const item of value instanceof Map ? [...value.keys(), ...value.values()] : value) deepFrozen(item, seen);
    const refuse = (): never => {
      throw new TypeError('a frozen map was changed');
    };
    Object.assign(value, { set: refuse, add: refuse, delete: refuse, clear: refuse });
  }
  for (const item of Object.values(value)) deepFrozen(item, seen);
  return Object.freeze(value);
}
