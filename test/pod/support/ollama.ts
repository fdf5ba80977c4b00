/** A small Ollama: its three answers to a pull's program, and the faults of a server that is busy, cut off or wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** What a pull sends, line by line: an object as JSON, a text as it is; a function does what it likes with the answer. */
export type PullScript = readonly (object | string | ((response: ServerResponse) => void | Promise<void>))[];

export interface FakeOllama {
  readonly api: string;
  /** Names that `show` knows. */
  readonly models: Set<string>;
  /** `show model` and `pull model`, as they came. */
  readonly requests: string[];
  /** What each pull sends, first to last; without one a pull succeeds. */
  readonly pulls: PullScript[];
  /** Status of a pull's answer. */
  pullStatus: number;
  /** Status and error of `show` for models that are not there. */
  absent: { status: number; error: string };
  /** `show` waits for it. */
  busy: Promise<void>;
}

/** The digest of a layer, by one hexadecimal digit. */
export function digestOf(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

/** One line of progress. */
export function layer(digit: string, completed: number, total = 100 * 1024 * 1024): object {
  return { status: `pulling ${digit.repeat(12)}`, digest: digestOf(digit), total, completed };
}

/** Breaks the connection after what was written. */
export function cut(response: ServerResponse): void {
  response.socket?.end();
}

/** Listens at once, or on `port` when the test says so. */
export async function fakeOllama(t: TestContext, port = 0): Promise<FakeOllama> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const fake: FakeOllama = {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    models: new Set(),
    requests: [],
    pulls: [],
    pullStatus: 200,
    absent: { status: 404, error: 'model not found' },
    busy: Promise.resolve(),
  };
  return fake;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { model } = JSON.parse(body) as { readonly model: string };
    fake.requests.push(`${request.url?.replace('/api/', '')} ${model}`);
    if (request.url === '/api/show') {
      await fake.busy;
      return show(model, response);
    }
    await pull(model, response);
  }

  function show(model: string, response: ServerResponse): void {
    if (fake.models.has(model)) {
      response.end(JSON.stringify({ license: 'x'.repeat(5_000_000) }));
      return;
    }
    response.statusCode = fake.absent.status;
    response.end(JSON.stringify({ error: fake.absent.error }));
  }

  async function pull(model: string, response: ServerResponse): Promise<void> {
    const script = fake.pulls.shift() ?? [{ status: 'pulling manifest' }, { status: 'success' }];
    response.statusCode = fake.pullStatus;
    for (const step of script) {
      if (typeof step === 'function') await step(response);
      else {
        const line = typeof step === 'string' ? step : JSON.stringify(step);
        if (line.includes('"success"')) fake.models.add(model);
        if (!response.write(`${line}\n`)) await new Promise((resolve) => response.once('drain', resolve));
      }
    }
    response.end();
  }
}
