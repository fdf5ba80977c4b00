import type { Log } from '../log.ts';
import { Guesses } from './guesses.ts';
import { isSame, offeredDigest, readLogin } from './login.ts';

/** An answer of the gate's own. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The digest of the login that was right, or why nobody comes in. */
export type Admission = { readonly digest: Buffer } | { readonly refusal: Refusal };

const UNAUTHORIZED: Refusal = {
  status: 401,
  reason: 'expected the login of the terminal',
  headers: { 'WWW-Authenticate': 'Basic realm="web-terminal", charset="UTF-8"' },
};

/** Decides by the login of the Secret, as it is at that time. */
export class Doorkeeper {
  readonly #directory: string;
  readonly #log: Log;
  readonly #guesses: Guesses;
  #problem = '';

  constructor(directory: string, log: Log, guesses: Guesses = new Guesses()) {
    this.#directory = directory;
    this.#log = log;
    this.#guesses = guesses;
  }

  /** By an `Authorization` header. */
  async admit(authorization: string | undefined): Promise<Admission> {
    const login = await readLogin(this.#directory);
    // Nothing waits from here on: guesses that come at once are counted one by one.
    if ('problem' in login) {
      if (this.#problem !== login.problem) this.#log.warn(login.problem);
      this.#problem = login.problem;
      return { refusal: { status: 503, reason: login.problem } };
    }
    this.#problem = '';
    const offered = offeredDigest(authorization);
    if (offered === null) return { refusal: UNAUTHORIZED };
    const wait = this.#guesses.secondsToWait();
    if (wait > 0)
      return { refusal: { status: 429, reason: `too many wrong logins; wait ${wait} s`, headers: { 'Retry-After': String(wait) } } };
    if (isSame(offered, login.digest)) return login;
    this.#guesses.wrong();
    this.#log.warn('a wrong login');
    return { refusal: UNAUTHORIZED };
  }

  /** Which of these earlier logins is not that of the Secret any more. */
  async outdated(digests: Iterable<Buffer>): Promise<ReadonlySet<Buffer>> {
    const login = await readLogin(this.#directory);
    return new Set([...digests].filter((digest) => 'problem' in login || !isSame(digest, login.digest)));
  }
}
