import assert from 'node:assert/strict';
import { type TestContext, describe, test } from 'node:test';
import type { Failure } from '../../../src/pod/failure.ts';
import { type PullModelsOptions, runPullModels } from '../../../src/pod/pull-models/pull-models.ts';
import { cut, digestOf, type FakeOllama, fakeOllama, layer, type PullScript } from '../support/ollama.ts';
import { stillTime } from '../support/still-time.ts';

const MIB = 1024 * 1024;
const MANIFEST = { status: 'pulling manifest' };
const SUCCESS = { status: 'success' };

interface Run {
  readonly ollama: FakeOllama;
  readonly lines: string[];
  readonly pauses: number[];
  readonly run: (models: readonly string[], options?: PullModelsOptions) => Promise<void>;
}

async function start(t: TestContext, pulls: readonly PullScript[] = []): Promise<Run> {
  const ollama = await fakeOllama(t);
  ollama.pulls.push(...pulls);
  const { log, lines, pauses, sleep, now } = stillTime();
  return {
    ollama,
    lines,
    pauses,
    run: (models, options = {}) => runPullModels({ schema: 1, api: ollama.api, models }, log, { sleep, now, ...options }),
  };
}

/** The error of a run that must fail. */
async function failureOf(run: Promise<void>): Promise<Failure> {
  return await run.then(
    () => assert.fail('it did not fail'),
    (error: Failure) => error,
  );
}

describe('a model', () => {
  test('POD-154 that is not there is pulled, in the order of the plan, and its steps are told', async (t) => {
    const { ollama, lines, run } = await start(t, [
      [
        MANIFEST,
        layer('a', 0),
        layer('a', 50 * MIB),
        layer('a', 100 * MIB),
        { status: 'verifying sha256 digest' },
        { status: 'writing manifest' },
        SUCCESS,
      ],
    ]);
    await run(['llama3.2', 'nomic-embed-text']);
    assert.deepEqual(ollama.requests, [
      'show llama3.2',
      'pull llama3.2',
      'show llama3.2',
      'show nomic-embed-text',
      'pull nomic-embed-text',
      'show nomic-embed-text',
    ]);
    assert.deepEqual(lines.slice(0, 7), [
      'model "llama3.2": "pulling manifest"',
      'model "llama3.2": 0.0 of 100 MiB of "sha256:aaaaaaaaaaaa"',
      'model "llama3.2": 100 of 100 MiB of "sha256:aaaaaaaaaaaa"',
      'model "llama3.2": "verifying sha256 digest"',
      'model "llama3.2": "writing manifest"',
      'model "llama3.2": "success"',
      'model "llama3.2" is there now',
    ]);
  });

  test('that is there is left alone, without the network', async (t) => {
    const { ollama, lines, run } = await start(t);
    ollama.models.add('llama3.2');
    await run(['llama3.2']);
    assert.deepEqual([ollama.requests, lines], [['show llama3.2'], ['model "llama3.2" is there']]);
  });

  test('is asked for again after a pull, since only that shows that it can be used', async (t) => {
    const { ollama, run } = await start(t, [[SUCCESS]]);
    ollama.models.add = () => ollama.models;
    ollama.absent = { status: 500, error: 'blob is damaged' };
    const { message } = await failureOf(run(['a'], { fruitlessMs: 0 }));
    assert.match(message, /cannot pull model "a": "pulled, but not usable: blob is damaged"$/);
  });

  test('whose files are damaged is pulled anew', async (t) => {
    const { ollama, run } = await start(t);
    ollama.absent = { status: 500, error: 'unexpected EOF' };
    await run(['a']);
    assert.deepEqual(ollama.requests, ['show a', 'pull a', 'show a']);
  });
});

describe('what can never work ends it at once:', () => {
  const rows: readonly (readonly [title: string, error: string, hint: RegExp])[] = [
    ['an unknown model', 'pull model manifest: file does not exist', /no such model or tag/],
    ['a full disk', 'write /home/ollama/.ollama/models/blobs/x: no space left on device', /sizeLimit/],
    ["another user's files", 'open /home/ollama/.ollama/id_ed25519: permission denied', /fsGroupChangePolicy/],
    ['an old server', '412: this model requires a newer version of Ollama', /image\.tag/],
    ['a private model', 'unauthorized: access denied', /not public/],
    ['an unknown authority', 'tls: failed to verify certificate: x509: certificate signed by unknown authority', /caBundle/],
  ];
  for (const [title, error, hint] of rows) {
    test(title, async (t) => {
      const { ollama, pauses, run } = await start(t, [[MANIFEST, { error }]]);
      const failure = await failureOf(run(['first', 'second']));
      assert.equal(failure.message, `cannot pull model "first": ${JSON.stringify(error)}`);
      assert.match(failure.hint ?? '', hint);
      assert.deepEqual([ollama.requests, pauses], [['show first', 'pull first'], []]);
    });
  }

  test('a name that Ollama refuses', async (t) => {
    const { ollama, run } = await start(t, [['{"error":"invalid model name"}']]);
    ollama.absent = { status: 500, error: 'invalid model path' };
    ollama.pullStatus = 400;
    assert.match((await failureOf(run(['x y']))).message, /^cannot pull model "x y": "invalid model name"$/);
  });
});

describe('what may pass is tried again:', () => {
  const scripts: readonly (readonly [title: string, script: PullScript])[] = [
    ['a stream that is cut', [MANIFEST, layer('a', 10 * MIB), cut]],
    ['a stream that ends without success', [MANIFEST]],
    ['a registry that does not answer', [MANIFEST, { error: 'dial tcp: lookup registry.ollama.ai: no such host' }]],
    ['a line that is no JSON', ['<html>']],
    ['a line that is no object', ['null']],
    ['a line without an end', [(response) => void response.write('x'.repeat(300_000))]],
    ['an answer that is none', [cut]],
  ];
  for (const [title, script] of scripts) {
    test(title, async (t) => {
      const { ollama, lines, pauses, run } = await start(t, [script]);
      await run(['llama3.2']);
      assert.deepEqual(ollama.requests.slice(0, 4), ['show llama3.2', 'pull llama3.2', 'show llama3.2', 'pull llama3.2']);
      assert.deepEqual(pauses, [500]);
      assert.equal(
        lines.filter((line) => line.startsWith('warning: cannot pull model "llama3.2": ') && line.endsWith('; trying again')).length,
        1,
      );
    });
  }

  test('an Ollama that has not started yet', async (t) => {
    const { ollama } = await start(t);
    const port = Number(new URL(ollama.api).port) + 1;
    let later: FakeOllama | undefined;
    const pauses: number[] = [];
    const sleep = async (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
      if (pauses.length === 3) later = await fakeOllama(t, port);
    };
    const warnings: string[] = [];
    const log = { did: () => {}, warn: (line: string) => warnings.push(line) };
    await runPullModels({ schema: 1, api: `http://127.0.0.1:${port}`, models: ['a'] }, log, { sleep });
    assert.deepEqual(later?.requests, ['show a', 'pull a', 'show a']);
    assert.deepEqual(pauses, [500, 1000, 2000]);
    assert.deepEqual(warnings, [
      `cannot pull model "a": Ollama at "http://127.0.0.1:${port}" cannot be reached (ECONNREFUSED); trying again`,
    ]);
  });

  test('for three minutes that bring nothing, and no longer', async (t) => {
    const { ollama, pauses, run } = await start(
      t,
      Array.from({ length: 100 }, () => [MANIFEST, layer('a', 5 * MIB), { error: 'EOF' }]),
    );
    const failure = await failureOf(run(['a']));
    assert.equal(failure.message, 'gave up after 180 s: cannot pull model "a": "EOF"');
    assert.match(failure.hint ?? '', /port 443/);
    // The first try brought something; the clock stands still while it ran.
    assert.equal(
      pauses.reduce((sum, pause) => sum + pause, 0),
      180_000,
    );
    assert.ok(ollama.requests.length < 50);
  });

  test('for hours, as long as each try brings more', async (t) => {
    const tries = 60;
    const { pauses, run } = await start(
      t,
      Array.from({ length: tries }, (_, index) => [layer('a', (index + 1) * MIB), cut]),
    );
    await run(['a'], { fruitlessMs: 400 });
    assert.deepEqual(new Set(pauses), new Set([400]));
    assert.equal(pauses.length, tries);
  });

  test('but not beyond the deadline of all', async (t) => {
    const { run } = await start(
      t,
      Array.from({ length: 100 }, (_, index) => [layer('a', (index + 1) * MIB), cut]),
    );
    assert.match((await failureOf(run(['a'], { deadlineMs: 10_000 }))).message, /^gave up after 10 s: /);
  });
});

test('a stream that tells nothing new is ended', async (t) => {
  const { ollama } = await start(t, [
    [
      MANIFEST,
      async (response) => {
        // The same line again is no news.
        while (!response.destroyed) {
          response.write(`${JSON.stringify(layer('a', MIB))}\n`);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      },
    ],
  ]);
  const log = { did: () => {}, warn: () => {} };
  const began = performance.now();
  const failure = await failureOf(runPullModels({ schema: 1, api: ollama.api, models: ['a'] }, log, { silenceMs: 150, fruitlessMs: 0 }));
  assert.match(failure.message, /told nothing new for too long$/);
  // The watch, and not one of the longer limits: they are minutes.
  assert.ok(performance.now() - began < 60_000);
});

test('an Ollama that does not answer is asked again', async (t) => {
  const { ollama, lines, run } = await start(t);
  const free = Promise.withResolvers<void>();
  // Only the first question is given up, so that a slow machine changes nothing.
  const signals = [AbortSignal.timeout(50)];
  ollama.busy = free.promise;
  await run(['a'], {
    patience: () => signals.pop() ?? new AbortController().signal,
    sleep: async () => {
      free.resolve();
      await free.promise;
    },
  });
  assert.match(lines[0] ?? '', /^warning: cannot pull model "a": Ollama at ".*" does not answer in time; trying again$/);
  assert.equal(lines.at(-1), 'model "a" is there now');
});

test('a long download tells how far it is a few times only', async (t) => {
  const { lines, run } = await start(t, [
    [...Array.from({ length: 5000 }, (_, index) => layer('a', index * 20_000)), layer('a', 100 * MIB), SUCCESS],
  ]);
  await run(['a']);
  assert.deepEqual(
    lines.filter((line) => line.includes('MiB')),
    ['model "a": 0.0 of 100 MiB of "sha256:aaaaaaaaaaaa"', 'model "a": 100 of 100 MiB of "sha256:aaaaaaaaaaaa"'],
  );
});

test('no secret and no line break gets into the log', async (t) => {
  const error = `Get "https://user:pass@cdn.example.com/x?X-Amz-Signature=5ecret&y=1": EOF\nat é${'x'.repeat(1000)}`;
  const { run } = await start(t, [[{ error }], [{ error }]]);
  const { message } = await failureOf(run(['a\nb'], { fruitlessMs: 0 }));
  assert.ok(!/pass|5ecret/.test(message) && /^[\x20-\x7e]{100,600}$/.test(message), message);
  assert.ok(message.includes(String.raw`model "a\nb"`) && message.includes('cdn.example.com/x?...'), message);
});

test('fields of the wrong type are no progress', async (t) => {
  const { lines, run } = await start(t, [[{ status: 7, digest: digestOf('a'), total: '1', completed: null }, SUCCESS]]);
  await run(['a']);
  assert.deepEqual(lines.slice(0, 1), ['model "a": 0.0 of 0.0 MiB of "sha256:aaaaaaaaaaaa"']);
});
