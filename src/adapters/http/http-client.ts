/**
 * HTTP as every adapter needs it: redirects that take no credentials to strangers, patience with what is busy or counts
 * requests, bounds on time and size. It throws only when no answer comes; what a status means is the caller's business.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RemoteError } from '../remote-error.ts';
import { connections, type Environment } from './connections.ts';
import { exchange, type HttpAnswer, type HttpRequest, type TimeLimits } from './exchange.ts';
import { isLoopback } from './loopback.ts';
import { retryAfterMilliseconds } from './retry-after.ts';

export interface Patience extends TimeLimits {
  /** Attempts in all, the first one included. */
  readonly attempts: number;
  /** Attempts that may end without an answer. */
  readonly failures: number;
  /** Before the second attempt; doubled before each further one. A server that names a time is obeyed instead. */
  readonly firstWaitMilliseconds: number;
  /** What asks to wait longer is not waited for. */
  readonly longestWaitMilliseconds: number;
}

export interface HttpSettings {
  readonly env: Environment;
  readonly patience?: Partial<Patience>;
  /** Told before each wait, for whoever watches. */
  readonly onWait?: (host: string, milliseconds: number) => void;
}

export interface HttpClient {
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly close: () => void;
}

const PATIENCE: Patience = {
  attempts: 5,
  failures: 2,
  firstWaitMilliseconds: 500,
  longestWaitMilliseconds: 60_000,
  idleMilliseconds: 30_000,
  totalMilliseconds: 120_000,
};
const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Those that ask for the same request again, body included. */
const SAME_REQUEST: ReadonlySet<number> = new Set([307, 308]);
const BUSY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

export function httpClient(settings: HttpSettings): HttpClient {
  const patience = { ...PATIENCE, ...settings.patience };
  const { agentFor, close } = connections(settings.env);
  /** Host -> when it may be asked again: what one request is told holds for all. */
  const closedUntil = new Map<string, number>();
  return { send, close };

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    let hop = request;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await persistent(hop);
      const { location } = answer.headers;
      if (location === undefined || hop.method === 'POST') return answer;
      if (!(hop.method === 'PUT' ? SAME_REQUEST : REDIRECTS).has(answer.status)) return answer;
      if (redirects === MOST_REDIRECTS) throw new RemoteError(request.url.host, `redirects more than ${MOST_REDIRECTS} times`);
      hop = redirected(hop, location);
    }
  }

  async function persistent(request: HttpRequest): Promise<HttpAnswer> {
    const { host } = request.url;
    let failures = 0;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= patience.attempts;
      await wait(host, (closedUntil.get(host) ?? 0) - performance.now());
      let asked: number | null = null;
      try {
        const answer = await exchange(request, agentFor(request.url), patience);
        if (!BUSY.has(answer.status) || isLast) return answer;
        asked = retryAfterMilliseconds(answer.headers['retry-after'], Date.now());
        if (asked !== null && asked > patience.longestWaitMilliseconds) return answer;
      } catch (error) {
        failures += 1;
        if (isLast || failures >= patience.failures || !(error instanceof RemoteError) || !error.canRetry) throw error;
      }
      // Apart by chance, so that those who were refused together do not come back together.
      const backOff = patience.firstWaitMilliseconds * 2 ** (attempt - 1) * (1 + Math.random() / 4);
      if (asked === null) await wait(host, Math.min(backOff, patience.longestWaitMilliseconds));
      else closedUntil.set(host, Math.max(closedUntil.get(host) ?? 0, performance.now() + asked));
    }
  }

  async function wait(host: string, milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    settings.onWait?.(host, milliseconds);
    await sleep(milliseconds);
  }
}

/** Credentials are for the origin that they were given to. */
function redirected(request: HttpRequest, location: string): HttpRequest {
  const url = locationFrom(request.url, location);
  if (url.origin === request.url.origin) return { ...request, url };
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...request, url, headers: Object.fromEntries(headers) };
}

/** Where a `Location` of `from` leads; nobody is led from TLS to plain text, or from elsewhere to this machine. */
export function locationFrom(from: URL, location: string): URL {
  const url = URL.parse(location, from.href);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new RemoteError(from.host, 'redirects to an address that is none');
  if (url.protocol === 'http:' && !(isLoopback(url.hostname) && isLoopback(from.hostname)))
    throw new RemoteError(from.host, `redirects to ${url.host} without TLS`);
  return url;
}
