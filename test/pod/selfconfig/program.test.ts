/** The bundled program as the agent runs it: another process, a real TLS server that keeps one ConfigMap. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runProgram, writePrograms } from '../support/run-program.ts';
import { selfSignedCertificate } from '../support/self-signed-certificate.ts';
import { scratch } from '../support/volume.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const PATH = '/api/v1/namespaces/agents/configmaps/bot-self-config';

interface Mailbox {
  readonly data: Record<string, string>;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

async function mailbox(t: TestContext): Promise<Mailbox> {
  const certificate = selfSignedCertificate();
  const data: Record<string, string> = {};
  const server = createServer(certificate, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const isAllowed = request.headers.authorization === 'Bearer token-1' && request.url === PATH;
      if (isAllowed && request.method === 'PATCH') {
        assert.equal(request.headers['content-type'], 'application/merge-patch+json');
        Object.assign(data, (JSON.parse(Buffer.concat(chunks).toString()) as { data: object }).data);
      }
      response.statusCode = isAllowed ? 200 : 403;
      response.end(JSON.stringify(isAllowed ? { kind: 'ConfigMap', data } : { kind: 'Status', reason: 'Forbidden', message: 'hunter2' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const directory = await scratch(t);
  await writePrograms(directory);
  const credentials = join(directory, 'serviceaccount');
  await mkdir(credentials);
  await writeFile(join(credentials, 'token'), 'token-1\n');
  await writeFile(join(credentials, 'ca.crt'), certificate.cert);
  const program = join(directory, 'selfconfig.mjs');
  const text = (await readFile(program, 'utf8')).replaceAll('\\\n', '');
  assert.equal(text.split(SERVICE_ACCOUNT).length, 2);
  await writeFile(program, text.replace(SERVICE_ACCOUNT, credentials));
  const env = {
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String((server.address() as AddressInfo).port),
    OPENCLAW_INSTANCE_NAME: 'bot',
    OPENCLAW_NAMESPACE: 'agents',
  };
  return { data, program, env };
}

test('a request is written, listed and answered', async (t) => {
  const { data, program, env } = await mailbox(t);
  const asked = await runProgram([program, 'add-file', 'notes/a.md', 'two\n"lines"'], { env });
  assert.equal(asked.code, 0, asked.stderr);
  const id = asked.stdout.trim();
  assert.match(id, /^sc-\d+-[0-9a-f]{8}$/);
  assert.deepEqual(JSON.parse(data[`request.${id}`] ?? ''), { schema: 1, addWorkspaceFiles: { 'notes/a.md': 'two\n"lines"' } });
  assert.equal((await runProgram([program, 'status', id], { env })).stdout, `${id} waits for an answer\n`);
  data[`answer.${id}`] = '{"pullRequest": 7}';
  assert.equal((await runProgram([program, 'status'], { env })).stdout, `${id} {"pullRequest": 7}\n`);
});

test('it says what it cannot do, and repeats nothing of an answer', async (t) => {
  const { data, program, env } = await mailbox(t);
  const forbidden = await runProgram([program, 'get-config'], { env });
  assert.deepEqual([forbidden.code, forbidden.stdout], [1, '']);
  assert.match(forbidden.stderr, /refused ConfigMap "bot-config" in namespace "agents" \(403 Forbidden\)/);
  assert.doesNotMatch(forbidden.stderr, /hunter2/);
  for (let index = 0; index < 10; index++) data[`request.sc-1-0000000${index}`] = '{}';
  assert.match((await runProgram([program, 'add-skill', 'a'], { env })).stderr, /10 requests wait for an answer/);
  assert.match((await runProgram([program, 'config-patch', JSON.stringify({ a: 'x'.repeat(70_000) })], { env })).stderr, /at most 65536/);
  assert.match((await runProgram([program, 'add-skill', 'a'])).stderr, /found no OPENCLAW_INSTANCE_NAME/);
  assert.equal((await runProgram([program, 'nonsense'], { env })).code, 1);
  const help = await runProgram([program]);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /add-skill SKILL/);
});
