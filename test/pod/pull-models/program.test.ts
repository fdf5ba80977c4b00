/** The bundled program as its container runs it: another process, the pod's user, little memory. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fakeOllama, layer } from '../support/ollama.ts';
import { runProgram, writePrograms } from '../support/run-program.ts';
import { scratch } from '../support/volume.ts';

/** Paths of the program and of a plan that asks for `models`. */
async function programFor(t: TestContext, api: string, models: readonly string[]): Promise<[program: string, plan: string]> {
  const directory = await scratch(t);
  await writePrograms(directory);
  const plan = join(directory, 'pull-models.json');
  await writeFile(plan, JSON.stringify({ schema: 1, api, models }));
  return [join(directory, 'pull-models.mjs'), plan];
}

test('it pulls past any proxy, and again does nothing', async (t) => {
  const ollama = await fakeOllama(t);
  const program = await programFor(t, ollama.api, ['llama3.2']);
  const env = { HTTP_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' };
  const first = await runProgram(program, { env });
  assert.deepEqual(first, {
    code: 0,
    signal: null,
    stdout: [
      'pull-models: model "llama3.2": "pulling manifest"',
      'pull-models: model "llama3.2": "success"',
      'pull-models: model "llama3.2" is there now',
      '',
    ].join('\n'),
    stderr: '',
  });
  const second = await runProgram(program, { env });
  assert.deepEqual([second.code, second.stdout], [0, 'pull-models: model "llama3.2" is there\n']);
  assert.deepEqual(ollama.requests, ['show llama3.2', 'pull llama3.2', 'show llama3.2', 'show llama3.2']);
});

test('an unknown model ends it with code 1, the name, the reason and a hint', async (t) => {
  const ollama = await fakeOllama(t);
  ollama.pulls.push([{ status: 'pulling manifest' }, { error: 'pull model manifest: file does not exist' }]);
  const { code, stderr } = await runProgram(await programFor(t, ollama.api, ['lama3.2']));
  assert.equal(code, 1);
  assert.equal(
    stderr,
    [
      'pull-models: error: cannot pull model "lama3.2": "pull model manifest: file does not exist"',
      '  hint: the registry has no such model or tag: look its name up at https://ollama.com/library',
      '',
    ].join('\n'),
  );
});

test('SIGTERM ends it in the middle of a pull, and Ollama sees that nobody listens any more', async (t) => {
  const ollama = await fakeOllama(t);
  const pulling = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  ollama.pulls.push([
    layer('a', 1),
    async (response) => {
      response.on('close', left.resolve);
      pulling.resolve();
      await left.promise;
    },
  ]);
  const ended = await runProgram(await programFor(t, ollama.api, ['llama3.2']), {
    onStart: (child) => void pulling.promise.then(() => child.kill('SIGTERM')),
  });
  await left.promise;
  assert.deepEqual([ended.code, ended.signal], [143, null]);
});

test('a hundred thousand lines of progress fit into little memory', async (t) => {
  const ollama = await fakeOllama(t);
  ollama.pulls.push([...Array.from({ length: 100_000 }, (_, index) => layer('a', index)), { status: 'success' }]);
  const { code, stderr, stdout } = await runProgram(['--max-old-space-size=16', ...(await programFor(t, ollama.api, ['a']))]);
  assert.deepEqual([code, stderr], [0, '']);
  assert.ok(stdout.length < 2000, stdout);
});
