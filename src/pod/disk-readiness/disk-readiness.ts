/** Readiness of a gateway that needs room to write: the volume is writable, has the wanted space free, and the gateway says it is ready. */
import { access, constants, statfs } from 'node:fs/promises';
import { get } from 'node:http';

export interface DiskReadiness {
  /** A path on the volume. */
  readonly path: string;
  readonly minFreeBytes: number;
  /** The gateway's readiness endpoint. */
  readonly url: string;
  /** Stays below the probe's own limit, so that the reason is heard before the kubelet gives up. */
  readonly timeoutMs: number;
}

/** Null when ready, else the reason in one line. */
export async function reasonNotReady({ path, minFreeBytes, url, timeoutMs }: DiskReadiness): Promise<string | null> {
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    return `${path} is not writable (${(error as NodeJS.ErrnoException).code})`;
  }
  const { bavail, bsize } = await statfs(path);
  const freeBytes = bavail * bsize;
  if (freeBytes < minFreeBytes) return `${path} has ${freeBytes} bytes free, expected at least ${minFreeBytes}`;
  const status = await statusOf(url, timeoutMs);
  return status === 200 ? null : `the gateway answers ${status}`;
}

function statusOf(url: string, timeoutMs: number): Promise<number | string> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: timeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 'nothing');
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'nothing'));
  });
}
