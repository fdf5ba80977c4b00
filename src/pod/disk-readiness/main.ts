import '../exit-on-signal.ts';
import { reasonNotReady } from './disk-readiness.ts';

/** Less than the probe's default limit of 3 s, with room for the start of Node. */
const TIMEOUT_MS = 2000;

const [path, minFreeBytes, url] = process.argv.slice(2);
if (path === undefined || url === undefined || !/^\d+$/.test(minFreeBytes ?? '')) {
  process.stderr.write('disk-readiness: expected a path, a number of bytes and a URL\n');
  process.exit(2);
}
const reason = await reasonNotReady({ path, minFreeBytes: Number(minFreeBytes), url, timeoutMs: TIMEOUT_MS });
if (reason !== null) process.stderr.write(`disk-readiness: ${reason}\n`);
process.exit(reason === null ? 0 : 1);
