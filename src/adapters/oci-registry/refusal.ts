import { isJsonObject } from '../../lib/json.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { retryAfterMilliseconds } from '../http/retry-after.ts';
import { RemoteError } from '../remote-error.ts';

/** An answer other than the one that was hoped for, in words. Of its text only the error code is repeated: the rest may hold anything. */
export function refusal(answer: HttpAnswer, registry: string, what: string): RemoteError {
  const { status } = answer;
  const code = errorCode(answer.body);
  const by = answer.url.host === registry || registry === 'docker.io' ? '' : ` by ${answer.url.host}`;
  const said = `answers ${status}${code === null ? '' : ` ${code}`}${by} for ${what}`;
  if (status === 401 || status === 403)
    return new RemoteError(
      registry,
      `${said}: it does not exist, or needs credentials; "docker login ${registry}" keeps them`,
      false,
      status,
    );
  if (status === 404) return new RemoteError(registry, `${said}: there is no such thing`, false, status);
  if (status === 429) {
    const milliseconds = retryAfterMilliseconds(answer.headers['retry-after'], Date.now());
    const when = milliseconds === null ? 'later' : `in ${Math.ceil(milliseconds / 1000)} s`;
    return new RemoteError(registry, `${said}: it was asked too often; try again ${when}, or with credentials`, true, status);
  }
  return new RemoteError(registry, said, status >= 500, status);
}

function errorCode(body: Buffer): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  const errors: unknown = isJsonObject(value) ? value['errors'] : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const code = isJsonObject(first) ? first['code'] : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : null;
}
