import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { redacted, runCommand } from '../../src/pod/command.ts';

function node(script: string, timeoutSeconds = 20): ReturnType<typeof runCommand> {
  return runCommand({
    argv: [process.execPath, '-e', script],
    env: { ...process.env, API_KEY: 'sk-very-secret' },
    cwd: tmpdir(),
    timeoutSeconds,
  });
}

test('output and exit code', async () => {
  const { code, stdout, trouble } = await node('console.log("out"); console.error("err"); process.exit(3)');
  assert.deepEqual([code, stdout], [3, 'out\n']);
  assert.deepEqual(trouble.split('\n').toSorted(), ['err', 'out']);
});

test('a program that is not there', async () => {
  const { code, trouble } = await runCommand({ argv: ['/no/such/program'], env: {}, cwd: tmpdir(), timeoutSeconds: 5 });
  assert.deepEqual([code, trouble], [null, 'cannot run /no/such/program (ENOENT)']);
});

test('a program that does not end is stopped with what it started', async () => {
  const script = `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    console.log(child.pid); setInterval(() => {}, 1000);`;
  const { code, stdout, trouble } = await node(script, 1);
  assert.equal(code, null);
  assert.match(trouble, /^stopped after 1 s\n/);
  // Gone, or dead and not yet collected by whoever is process 1 here.
  const state = await readFile(`/proc/${stdout.trim()}/stat`, 'utf8').catch(() => 'gone Z');
  assert.equal(state.split(' ').at(state.startsWith('gone') ? 1 : 2), 'Z');
});

test('long output is shortened to its ends', async () => {
  const { trouble } = await node('for (let i = 0; i < 100; i += 1) console.log("line " + i)');
  const lines = trouble.split('\n');
  assert.deepEqual([lines.length, lines[0], lines[5], lines.at(-1)], [16, 'line 0', '[...]', 'line 99']);
});

test('no value of the environment is told', async () => {
  const { trouble } = await node('console.error("401 for token " + process.env.API_KEY)');
  assert.equal(trouble, '401 for token ***');
});

test('no credentials in addresses, no control characters', () => {
  assert.equal(
    redacted('GET https://user:pass@registry.example.com/x \u001b[31mred\u001b[0m \u0007é', {}),
    'GET https://***@registry.example.com/x red   ',
  );
});

test('addresses of registries and proxies are told, credentials in them are not', () => {
  const env = { NPM_CONFIG_REGISTRY: 'https://registry.example.com/npm', https_proxy: 'http://me:secret@proxy.example.com:3128' };
  const text = 'GET https://registry.example.com/npm/a via http://me:secret@proxy.example.com:3128';
  assert.equal(redacted(text, env), 'GET https://registry.example.com/npm/a via http://***@proxy.example.com:3128');
});
