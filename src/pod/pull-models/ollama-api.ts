/** The two calls of Ollama's HTTP API that pulling takes. Memory is bounded: lines and answers are cut off, streams are read as they come. */
import { Agent, type IncomingMessage, request } from 'node:http';

/** One line of a pull's stream: a step, the progress of one layer, or why it ended. */
export interface PullEvent {
  readonly status?: string;
  readonly digest?: string;
  readonly total?: number;
  readonly completed?: number;
  readonly error?: string;
}

export interface ShowAnswer {
  readonly status: number;
  /** Ollama's own words when the status is not 200; empty when it has none. */
  readonly error: string;
}

const LINE_LIMIT_BYTES = 64 * 1024;

/** What Ollama sends is no answer of its API. */
export class BrokenAnswer extends Error {}

/** Whether Ollama has a model, in the words of its API: 200 when it has, 404 when not. Rejects with a network error. */
export async function showModel(api: string, model: string, signal: AbortSignal): Promise<ShowAnswer> {
  const response = await post(`${api}/api/show`, { model }, signal);
  const status = response.statusCode ?? 0;
  // The answer for a model that is there can be megabytes of licences, and its status says all.
  if (status === 200) response.destroy();
  return { status, error: status === 200 ? '' : errorOf(await text(response)) };
}

/** Asks Ollama to pull a model and hands out what it tells, until its stream ends. Rejects with a network error, also of a stream that is cut. */
export async function pullModel(api: string, model: string, signal: AbortSignal, onEvent: (event: PullEvent) => void): Promise<void> {
  const response = await post(`${api}/api/pull`, { model, stream: true }, signal);
  if (response.statusCode !== 200) {
    const error = errorOf(await text(response));
    onEvent({ error: error === '' ? `HTTP status ${response.statusCode}` : error });
    return;
  }
  let rest = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onEvent(eventOf(line));
    if (rest.length > LINE_LIMIT_BYTES) throw new BrokenAnswer('a line is too long');
  }
  if (rest.trim() !== '') onEvent(eventOf(rest));
}

async function post(url: string, body: object, signal: AbortSignal): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    // An agent of its own: the global one would use a proxy that NODE_USE_ENV_PROXY asks for.
    const agent = new Agent({ keepAlive: false });
    const call = request(url, { method: 'POST', agent, signal, headers: { 'Content-Type': 'application/json' } }, resolve);
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
}

async function text(response: IncomingMessage): Promise<string> {
  let read = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    read += chunk;
    if (read.length > LINE_LIMIT_BYTES) {
      response.destroy();
      break;
    }
  }
  return read;
}

function errorOf(answer: string): string {
  try {
    const { error } = JSON.parse(answer) as { readonly error?: unknown };
    return typeof error === 'string' ? error : '';
  } catch {
    return answer.trim();
  }
}

function eventOf(line: string): PullEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    throw new BrokenAnswer('a line is not JSON');
  }
  if (typeof event !== 'object' || event === null) throw new BrokenAnswer('a line is no object');
  const { status, digest, total, completed, error } = event as Readonly<Record<string, unknown>>;
  return {
    ...(typeof status === 'string' ? { status } : {}),
    ...(typeof digest === 'string' ? { digest } : {}),
    ...(typeof total === 'number' ? { total } : {}),
    ...(typeof completed === 'number' ? { completed } : {}),
    ...(typeof error === 'string' ? { error } : {}),
  };
}
