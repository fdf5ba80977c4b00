/** So many wrong logins are looked at in a row, */
const FREE = 10;
/** and from then on one in this time. */
const SECONDS_EACH = 6;

/**
 * Slows the guessing of a password down. Everybody comes through loopback, so it is slowed for all: meanwhile the right login waits too,
 * since an answer to it alone would tell the guesser.
 */
export class Guesses {
  readonly #now: () => number;
  #remembered = 0;
  #at = 0;

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Until the next login is looked at; 0 when it may be now. */
  secondsToWait(): number {
    return Math.max(0, Math.ceil((this.#forget() - (FREE - 1)) * SECONDS_EACH));
  }

  wrong(): void {
    this.#remembered = this.#forget() + 1;
  }

  #forget(): number {
    const now = this.#now();
    this.#remembered = Math.max(0, this.#remembered - (now - this.#at) / 1000 / SECONDS_EACH);
    this.#at = now;
    return this.#remembered;
  }
}
