/** The bundled program as the Job runs it: another process, the pod's user, a real TLS server. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fakeApiServer, storedSecret } from '../support/api-server.ts';
import { runProgram, writePrograms } from '../support/run-program.ts';
import { scratch } from '../support/volume.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

test('it fills a Secret with the credentials that kubelet mounts', async (t) => {
  const api = await fakeApiServer(t);
  const directory = await scratch(t);
  await writePrograms(directory);
  const program = join(directory, 'fill-secrets.mjs');
  const credentials = join(directory, 'serviceaccount');
  await mkdir(credentials);
  await copyFile(api.connection.tokenFile, join(credentials, 'token'));
  await copyFile(api.connection.caFile, join(credentials, 'ca.crt'));
  // The one thing that a test cannot have is the mount point. Long strings may be continued on the next line.
  const text = (await readFile(program, 'utf8')).replaceAll('\\\n', '');
  assert.equal(text.split(SERVICE_ACCOUNT).length, 2);
  await writeFile(program, text.replace(SERVICE_ACCOUNT, credentials));
  await writeFile(
    join(directory, 'plan.json'),
    JSON.stringify({
      schema: 1,
      namespace: 'agents',
      fieldManager: 'openclaw-gitops-secrets',
      secrets: [{ name: 'bot-gateway-token', keys: [{ key: 'token', randomBytes: 32 }] }],
    }),
  );
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  const env = {
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String(api.connection.port),
    HTTPS_PROXY: 'http://127.0.0.1:9',
    NODE_USE_ENV_PROXY: '1',
  };

  const filled = await runProgram([program, join(directory, 'plan.json')], { env });
  const token = Buffer.from(api.secrets.get('agents/bot-gateway-token')?.data['token'] ?? '', 'base64').toString();
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    [filled.code, filled.stdout],
    [0, 'fill-secrets: Secret "bot-gateway-token" in namespace "agents": filled "token"\n'],
    filled.stderr,
  );

  const outside = await runProgram([program, join(directory, 'plan.json')]);
  assert.deepEqual(outside, {
    code: 1,
    signal: null,
    stdout: '',
    stderr: 'fill-secrets: error: found no KUBERNETES_SERVICE_HOST in the environment, expected to run in a pod\n',
  });
  const usage = await runProgram([program, '--help']);
  assert.deepEqual(
    [usage.code, usage.stderr],
    [2, 'fill-secrets: error: found 1 arguments, expected one\n  hint: node fill-secrets.mjs <plan.json>\n'],
  );
});
