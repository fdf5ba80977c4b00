/**
 * `npm run e2e:ollama`: the real Ollama judges the program that pulls models, and the variables and the probe that we render for it.
 * Builds Ollama with Go once; needs root, to be the pod's user and to make a small disk.
 */
import assert from 'node:assert/strict';
import { chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ended, runProgram, writePrograms } from '../../test/pod/support/run-program.ts';
import { selfSignedCertificate } from '../../test/pod/support/self-signed-certificate.ts';
import { run } from '../pod-runner/command.ts';
import { binary } from '../tools/binary.ts';
import { ANSWER } from './chain-model.ts';
import { type ModelRegistry, startModelRegistry } from './model-registry.ts';
import { type OllamaOptions, RealOllama } from './real-ollama.ts';

const MIB = 1024 * 1024;
const LARGE_BYTES = 24 * MIB;
const UNWRITABLE_HINT = /fsGroupChangePolicy/;

const directory = mkdtempSync(join(tmpdir(), 'ollama-'));
const caFile = join(directory, 'ca.pem');
const program = join(directory, 'ollama');
let registry: ModelRegistry;
let homes = 0;

before(async () => {
  assert.equal(process.getuid?.(), 0, 'needs root');
  const { key, cert } = selfSignedCertificate(['localhost']);
  writeFileSync(caFile, cert);
  run('chmod', '0755', directory);
  // The cache is root's, and closed to others.
  copyFileSync(await binary('ollama'), program);
  await writePrograms(directory);
  registry = await startModelRegistry({ key, cert, host: '127.0.0.1', port: 0, storage: '127.0.0.1', largeBytes: LARGE_BYTES });
});

after(() => {
  registry.close();
  rmSync(directory, { recursive: true, force: true });
});

function home(): string {
  homes += 1;
  const path = join(directory, `home-${homes}`);
  mkdirSync(path);
  return path;
}

async function started(t: TestContext, options: Omit<OllamaOptions, 'program'>): Promise<RealOllama> {
  const ollama = await RealOllama.start({ ...options, program });
  t.after(() => ollama.stop());
  return ollama;
}

/** A model of the registry, by its full name. */
function named(model: string): string {
  return `localhost:${registry.port}/library/${model}`;
}

/** Runs the bundled program as its container does. */
async function pull(ollama: RealOllama, models: readonly string[], onStart?: Parameters<typeof runProgram>[1]): Promise<Ended> {
  const plan = join(directory, 'plan.json');
  writeFileSync(plan, JSON.stringify({ schema: 1, api: ollama.api, models }));
  return await runProgram([join(directory, 'pull-models.mjs'), plan], onStart);
}

async function post(ollama: RealOllama, path: string, body: object): Promise<unknown> {
  return await (await fetch(`${ollama.api}${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
}

/** Ranges that were asked for since the last call, as first bytes. */
function ranges(): number[] {
  return registry.requests.splice(0).flatMap((line) => {
    const [, first] = / bytes=(\d+)-/.exec(line) ?? [];
    return first === undefined ? [] : [Number(first)];
  });
}

test('a model arrives from a registry that only the CA bundle vouches for, answers, and is not fetched again', async (t) => {
  const ollama = await started(t, { home: home(), caFile });
  const first = await pull(ollama, [named('llama3.2')]);
  assert.deepEqual([first.code, first.stderr], [0, ''], first.stdout);
  assert.match(first.stdout, /"success"\npull-models: model "localhost:\d+\/library\/llama3\.2" is there now\n$/);
  const answer = await post(ollama, '/api/chat', {
    model: named('llama3.2'),
    stream: false,
    messages: [{ role: 'user', content: 'ping' }],
  });
  assert.equal((answer as { readonly message: { readonly content: string } }).message.content.trim(), ANSWER);

  registry.requests.length = 0;
  const second = await pull(ollama, [named('llama3.2')]);
  assert.match(second.stdout, /^pull-models: model "[^"]+" is there\n$/);
  assert.deepEqual(registry.requests, []);
});

test('without the bundle the reason and what to do about it', async (t) => {
  const { code, stderr } = await pull(await started(t, { home: home() }), [named('llama3.2')]);
  assert.equal(code, 1);
  assert.match(stderr, /^pull-models: error: cannot pull model .*certificate.*\n {2}hint: .*spec\.security\.caBundle\n$/);
});

test('what nobody has, and what is no name', async (t) => {
  const ollama = await started(t, { home: home(), caFile });
  const unknown = await pull(ollama, [named('lama3.2')]);
  assert.deepEqual([unknown.code, /hint: the registry has no such model/.test(unknown.stderr)], [1, true], unknown.stderr);
  const misnamed = await pull(ollama, ['llama 3.2']);
  assert.deepEqual([misnamed.code, /hint: expected a name/.test(misnamed.stderr)], [1, true], misnamed.stderr);
});

/** Pulls the large model and is killed once a third of it must be there. */
async function pullThirdOfLarge(ollama: RealOllama): Promise<void> {
  registry.bytesPerSecond = LARGE_BYTES / 3;
  const ended = await pull(ollama, [named('large')], { onStart: (child) => void sleep(1500).then(() => child.kill('SIGTERM')) });
  assert.equal(ended.code, 143, ended.stderr);
  // Ollama notices that nobody listens any more, and notes how far it came.
  await sleep(500);
  registry.bytesPerSecond = Infinity;
  registry.requests.length = 0;
}

test('an interrupted pull goes on where it was, also when Ollama has been started anew', async (t) => {
  const place = home();
  const before = await started(t, { home: place, caFile });
  await pullThirdOfLarge(before);
  await before.stop();
  const ollama = await started(t, { home: place, caFile });
  const { code, stderr } = await pull(ollama, [named('large')]);
  assert.equal(code, 0, stderr);
  assert.ok(ranges().some((start) => start > 4 * MIB));
});

test('which it does not without OLLAMA_NOPRUNE', async (t) => {
  const place = home();
  const before = await started(t, { home: place, caFile });
  await pullThirdOfLarge(before);
  await before.stop();
  const ollama = await started(t, { home: place, caFile, without: ['OLLAMA_NOPRUNE'] });
  assert.equal((await pull(ollama, [named('large')])).code, 0);
  assert.deepEqual(
    ranges().filter((start) => start > 0),
    [],
  );
});

test('an Ollama that dies in the middle is waited for', async (t) => {
  const place = home();
  registry.bytesPerSecond = LARGE_BYTES / 3;
  const dying = await started(t, { home: place, caFile });
  const pulling = pull(dying, [named('large')]);
  await sleep(1000);
  await dying.stop('SIGKILL');
  assert.equal(dying.passesProbe(), false);
  registry.bytesPerSecond = Infinity;
  await started(t, { home: place, caFile, port: dying.port });
  const { code, stdout, stderr } = await pulling;
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^pull-models: warning: cannot pull model .*; trying again\n/);
  assert.match(stdout, /is there now\n$/);
});

test('a disk that is full', async (t) => {
  const place = home();
  run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'models', place);
  t.after(() => run('umount', '--lazy', place));
  const { code, stderr } = await pull(await started(t, { home: place, caFile }), [named('large')]);
  assert.deepEqual([code, /hint: raise spec\.ollama\.storage\.sizeLimit/.test(stderr)], [1, true], stderr);
});

test("models of the operator's Ollama, which was root, can be used but not added to", async (t) => {
  const place = home();
  const root = await started(t, { home: place, caFile });
  assert.equal((await pull(root, [named('llama3.2')])).code, 0);
  await root.stop();
  run('chown', '-R', '0:0', join(place, '.ollama'));
  chownSync(join(place, '.ollama'), 0, 1000);
  run('chmod', '2775', join(place, '.ollama'));
  run('chmod', '0600', join(place, '.ollama/id_ed25519'));
  const ollama = await started(t, { home: place, caFile });
  assert.equal((await pull(ollama, [named('llama3.2')])).code, 0);
  const { code, stderr } = await pull(ollama, [named('large')]);
  assert.deepEqual([code, UNWRITABLE_HINT.test(stderr)], [1, true], stderr);
});
