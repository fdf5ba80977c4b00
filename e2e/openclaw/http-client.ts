import { requestOn, type Route } from './route.ts';

export interface HttpCall {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Called with each piece of the answer as it arrives. */
  readonly onData?: (text: string) => void;
  /** The longest silence to wait through; 60 s when it is not said. */
  readonly silenceMilliseconds?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One call on a connection of its own; an answer that comes before the whole body is sent counts. */
export function call(
  route: Route,
  { method = 'GET', path, headers = {}, body, onData, silenceMilliseconds = 60_000 }: HttpCall,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const sent = requestOn(route, {
      method,
      path,
      headers: { Host: 'localhost:18789', ...length, ...headers },
      timeout: silenceMilliseconds,
    });
    sent.on('response', (answer) => {
      isAnswered = true;
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        onData?.(piece);
      });
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
    });
    sent.on('timeout', () => sent.destroy(new Error(`${path}: silent for ${silenceMilliseconds / 1000} s`)));
    sent.on('error', (error) => {
      if (!isAnswered) reject(error);
    });
    sent.end(body);
  });
}
