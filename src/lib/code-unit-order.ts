/** Orders strings by UTF-16 code units: the only string order used here, since locale orders differ between machines. */
export function byCodeUnits(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
