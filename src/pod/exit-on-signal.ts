/**
 * Imported first by every pod program: Node as process 1 ignores SIGTERM until somebody listens,
 * and every program may be stopped at any point because its work is safe to repeat.
 */
process.on('SIGTERM', exitOnSignal);
process.on('SIGINT', exitOnSignal);

function exitOnSignal(): void {
  process.exit(143);
}
