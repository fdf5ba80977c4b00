/** One request and its whole answer, bounded in time and size; redirects and retries are not its business. */
import { request as httpRequest, type Agent, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { RemoteError } from '../remote-error.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The largest answer that is taken. */
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Who answered, after redirects. */
  readonly url: URL;
}

export interface TimeLimits {
  /** Without a byte. */
  readonly idleMilliseconds: number;
  /** From the first attempt to connect to the last byte. */
  readonly totalMilliseconds: number;
}

export function exchange(asked: HttpRequest, agent: Agent, { idleMilliseconds, totalMilliseconds }: TimeLimits): Promise<HttpAnswer> {
  const { method, url, headers = {}, body, maxBytes } = asked;
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const sent = send(url, {
    method,
    agent,
    timeout: idleMilliseconds,
    headers: { 'user-agent': 'openclaw-gitops', 'accept-encoding': 'identity', ...headers },
  });
  const timer = setTimeout(() => sent.destroy(tooSlow(url, totalMilliseconds)), totalMilliseconds);
  sent.on('timeout', () => sent.destroy(tooSlow(url, idleMilliseconds)));
  sent.on('error', (error) => reject(asRemoteError(error, url)));
  sent.on('close', () => clearTimeout(timer));
  sent.on('response', (response) => {
    bodyOf(response, url, maxBytes).then(
      (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes, url }),
      (error: Error) => {
        sent.destroy();
        reject(asRemoteError(error, url));
      },
    );
  });
  sent.end(body);
  return promise;
}

async function bodyOf(response: IncomingMessage, url: URL, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RemoteError(url.host, `answers with more than the ${maxBytes} bytes that are taken`);
    chunks.push(chunk);
  }
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && bytes > 0) throw new RemoteError(url.host, 'answers in a compressed form, which was not asked for');
  return Buffer.concat(chunks);
}

function tooSlow(url: URL, milliseconds: number): RemoteError {
  return new RemoteError(url.host, `does not answer within ${milliseconds / 1000} s`, true);
}

/** Words for what a person can do something about; all else by its code. Messages of Node may name a proxy with its password, so none is passed on. */
const IN_WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'is not known to the name server',
  EAI_AGAIN: 'is not known, since no name server answers',
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'closed the connection',
  ENETUNREACH: 'cannot be reached',
  EHOSTUNREACH: 'cannot be reached',
  ETIMEDOUT: 'does not answer',
};
const WORTH_ANOTHER_TRY = new Set(['EAI_AGAIN', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

function asRemoteError(error: NodeJS.ErrnoException, url: URL): RemoteError {
  if (error instanceof RemoteError) return error;
  const code = error.code ?? 'unknown error';
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/.test(code))
    return new RemoteError(url.host, `shows a certificate that is not trusted (${code}); NODE_EXTRA_CA_CERTS can name the file of your CA`);
  if (/^ERR_SSL_|^EPROTO$/.test(code)) return new RemoteError(url.host, `does not speak TLS as it is spoken today (${code})`);
  return new RemoteError(url.host, `${IN_WORDS[code] ?? 'cannot be asked'} (${code})`, WORTH_ANOTHER_TRY.has(code));
}
