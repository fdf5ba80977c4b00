/** A bug of ours, never a user's mistake: the process ends with exit code 3. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Throws an `InternalError` unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}
