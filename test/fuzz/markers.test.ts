/** Secrets stay where the user wrote them: no message, no other object and no hash shows one, whatever else is wrong with the input. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { diagnosticsJson } from '../../src/diagnostics/json.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { render } from '../../src/render.ts';
import { seededRandom } from '../golden/seeded-random.ts';
import { jsonSource } from '../golden/variants.ts';
import { ROOT } from '../self/source-files.ts';
import { mutator } from './mutations.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 10_000) / 20;
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261122);

/** Of no known form, so that only their places tell that they are secrets. */
const PLAIN = {
  env: 'Zq8Lw3Np7VtEnv',
  sidecar: 'Zq8Lw3Np7VtSide',
  config: 'Zq8Lw3Np7VtConf',
  secret: 'Zq8Lw3Np7VtSecr',
  file: 'Zq8Lw3Np7VtFile',
};
/** Of a known form: to be hidden wherever they stand. */
const KNOWN_FORM = 'sk-ant-Zq8Lw3Np7VtForm0123456789';

function inputText(secrets: typeof PLAIN): string {
  return `apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata:
  name: bot
  namespace: agents
spec:
  image:
    tag: "2026.9.6"
  env:
    - name: OPENAI_API_KEY
      value: ${secrets.env}
    - {name: TEAM, value: blue}
  envFrom:
    - secretRef:
        name: keys
  sidecars:
    - name: tool
      image: registry.example.com/tool:1
      env:
        - name: TOOL_TOKEN
          value: "${secrets.sidecar}"
  config:
    raw:
      channels:
        telegram:
          botToken: ${secrets.config}
  workspace:
    initialFiles:
      notes.md: |
        The code is
        ${secrets.file}
  storage:
    persistence:
      size: 10Gi
  probes:
    liveness:
      periodSeconds: 20
---
apiVersion: v1
kind: Secret
metadata:
  name: keys
  namespace: agents
stringData:
  ANTHROPIC_API_KEY: ${secrets.secret}
`;
}

/** Six characters are enough to recognize a secret by. */
function assertSilent(text: string, secrets: readonly string[], what: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret.slice(0, 6)), `${what} shows a secret: ${text}`);
}

function messages(text: string): string {
  const { diagnostics, objects } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }]);
  for (const object of objects) void object;
  return `${formatDiagnostics(diagnostics, { colour: false })}\n${diagnosticsJson(diagnostics)}`;
}

describe('secrets in the input', () => {
  const text = inputText(PLAIN);
  const secrets = Object.values(PLAIN);

  test('are in no message about a sound input', () => {
    assertSilent(messages(text), secrets, 'the report');
    // The report does show what cannot be a secret: otherwise its silence would prove nothing.
    assert.match(messages(text.replace('size: 10Gi', 'size: tenGi')), /tenGi/);
    assert.match(messages(text.replace('periodSeconds: 20', 'periodSecs: 20')), /periodSecs/);
  });

  test('are in no message about an input with other mistakes', () => {
    const { objects } = parseSources([{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }]);
    const instance = objects[0]!.value;
    const { env, sidecars, config, workspace, ...free } = instance['spec'] as JsonObject;
    for (let run = 0; run < RUNS; run += 1) {
      const spoilt = mutator(seededRandom(SEED + run)).value({ spec: free }, { spec: { chromium: { enabled: true } } });
      const spec = { env, sidecars, config, workspace, ...(spoilt['spec'] as JsonObject) } as JsonObject;
      const report = messages(`${jsonSource({ ...instance, ...spoilt, spec })}---\n${jsonSource(objects[1]!.value)}`);
      assertSilent(report, secrets, `FUZZ_SEED=${SEED + run} FUZZ_RUNS=20: the report`);
    }
  });

  test('are in no message when the text is broken anywhere', () => {
    const breaks = ['"', "'", '{', '[', ': : ', '\t', '*x ', '&x ', '!x ', '\u0007', '- ', '%', '|\n', '? '];
    for (let at = 0; at <= text.length; at += 3) {
      const broken = breaks[at % breaks.length]!;
      // A secret that is itself cut in two, or got another key, is not one any more.
      const isInside = secrets.some(
        (secret) => at > text.lastIndexOf('\n', text.indexOf(secret)) && at <= text.indexOf(secret) + secret.length,
      );
      if (!isInside) assertSilent(messages(text.slice(0, at) + broken + text.slice(at)), secrets, `${JSON.stringify(broken)} at ${at}`);
    }
  });

  test('of a well-known form are hidden in any place', () => {
    const { objects } = parseSources([{ name: 'bot.yaml', bytes: new TextEncoder().encode(inputText({ ...PLAIN, env: KNOWN_FORM })) }]);
    const donor = { spec: { a: KNOWN_FORM, b: [KNOWN_FORM], c: { [KNOWN_FORM.slice(0, 3)]: KNOWN_FORM } } };
    for (let run = 0; run < RUNS; run += 1) {
      const spoilt = mutator(seededRandom(SEED + run)).value(objects[0]!.value, donor);
      assertSilent(messages(jsonSource(spoilt)), [KNOWN_FORM.slice(10)], `FUZZ_SEED=${SEED + run} FUZZ_RUNS=20: the report`);
    }
  });

  test('are in the output only where they were written', () => {
    const accepted = text.replace(`botToken: ${PLAIN.config}`, 'name: bot');
    const { refused, objects } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(accepted) }]);
    assert.equal(refused, false);
    const holders: Record<string, string[]> = {};
    for (const object of objects) {
      const title = `${String(object['kind'])}/${String((object['metadata'] as JsonObject)['name'])}`;
      for (const [place, secret] of Object.entries(PLAIN)) if (JSON.stringify(object).includes(secret)) (holders[place] ??= []).push(title);
    }
    assert.deepEqual(holders, {
      env: ['StatefulSet/bot'],
      sidecar: ['StatefulSet/bot'],
      secret: ['Secret/keys'],
      file: ['ConfigMap/bot-workspace'],
    });
  });
});

test('secrets in environment variables of the process are in nothing that is printed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'markers-'));
  try {
    writeFileSync(join(directory, 'good.yaml'), inputText(PLAIN).replace(`botToken: ${PLAIN.config}`, 'name: bot'));
    writeFileSync(join(directory, 'bad.yaml'), 'kind: [');
    const marker = 'Xk4Rb9Yd2Process';
    const variables = ['GITHUB_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'ARGOCD_ENV_TOKEN', 'OPENAI_API_KEY', 'TEAM', 'HOSTNAME', 'USER'];
    const env = { PATH: process.env['PATH'], ...Object.fromEntries(variables.map((name) => [name, marker])) };
    for (const args of [
      ['render', 'good.yaml'],
      ['render', 'bad.yaml'],
      ['render', '--nonsense'],
      ['render', 'nowhere'],
      ['validate', 'good.yaml', '--format', 'json'],
      ['unknown'],
    ]) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'src/main.ts'), ...args], {
        cwd: directory,
        env,
        encoding: 'utf8',
      });
      assert.ok(status !== null && status <= 2, stderr);
      assert.ok(!`${stdout}${stderr}`.includes(marker.slice(0, 6)), args.join(' '));
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
