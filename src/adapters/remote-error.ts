/** A service outside did not do what it was asked; the message names no secret and fits on one line. */
export class RemoteError extends Error {
  /** Who was asked, e.g. `git` or `registry.npmjs.org`; the message goes on from there. */
  readonly service: string;
  /** Whether asking again later can help. */
  readonly canRetry: boolean;
  /** HTTP status; null when no answer came, or none of HTTP. */
  readonly status: number | null;

  constructor(service: string, message: string, canRetry = false, status: number | null = null) {
    super(message);
    this.name = 'RemoteError';
    this.service = service;
    this.canRetry = canRetry;
    this.status = status;
  }
}
