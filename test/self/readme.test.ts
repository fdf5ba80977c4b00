/** The README is run: its commands, its YAML and its sample of an error. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { parametersOf } from '../../src/commands/parameters.ts';
import { commands } from '../../src/commands/index.ts';
import { INSTANCE_ANNOTATIONS } from '../../src/resolve/instance.ts';
import { blocks, commandCounts, PROGRAM, README, RUN_BY } from './readme-commands.ts';
import { writableRegistry } from '../adapters/oci-registry/writable-registry.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHELL = blocks(README, 'sh');

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

function run(
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [PROGRAM, ...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
}

const AGENT = blocks(README, 'yaml').find((text) => text.includes('kind: OpenClawInstance')) ?? '';
const rendered = run(['render', '-'], { input: AGENT });
const manifests = parseAllDocuments(rendered.stdout).map((document) => document.toJS() as Manifest);

describe('README', () => {
  test('the first block is the two set-up commands, and the first of them renders', () => {
    const [first = ''] = SHELL;
    assert.equal(first, 'npm ci && npx openclaw-gitops render golden/guide-first-agent/input\nnpm ci && npm test\n');
    const { status, stdout } = run(['render', 'golden/guide-first-agent/input']);
    assert.equal(status, 0);
    assert.match(stdout, /^kind: StatefulSet$/m);
  });

  test('every command is run by somebody', () => {
    assert.deepEqual(commandCounts(), Object.fromEntries(Object.entries(RUN_BY).map(([heading, [commands]]) => [heading, commands])));
    for (const [, file] of Object.values(RUN_BY)) assert.ok(existsSync(join(ROOT, file)), file);
  });

  test('the quick start renders with no other warning than that nothing is pinned yet, and its commands name what is rendered', () => {
    assert.equal(rendered.status, 0);
    assert.deepEqual(
      Array.from(rendered.stderr.matchAll(/ (error|warning): .*\[(.+)\]$/gm), ([, severity, rule]) => [severity, rule]),
      [['warning', 'lock-missing']],
    );
    const shell = SHELL.join('');
    for (const [, kind = '', name = ''] of shell.matchAll(/\b(statefulset|service)\/([\w-]+)/g)) {
      assert.ok(
        manifests.some((object) => object.kind.toLowerCase() === kind && object.metadata.name === name),
        `${kind}/${name}`,
      );
    }
    assert.match(shell, /get secret --namespace openclaw my-agent-gateway-token/);
    assert.ok(manifests.some((object) => object.kind === 'Secret' && object.metadata.name === 'my-agent-gateway-token'));
    assert.ok(manifests.every((object) => object.metadata.namespace === 'openclaw'));
  });

  test('the sample of an error is what the program says', () => {
    const directory = mkdtempSync(join(tmpdir(), 'readme-'));
    mkdirSync(join(directory, 'bots'));
    const spec =
      'spec:\n  image: {tag: 2026.9.6}\n  envFrom: [{secretRef: {name: keys}}]\n  security:\n    networkPolicy:\n      allowedEgressCIDRs:\n';
    const header = 'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ada, namespace: openclaw}\n';
    writeFileSync(join(directory, 'bots/ada.yaml'), `${header}${spec}        - 10.0.0.0/33\n`);
    const { stderr } = run(['validate', 'bots'], { cwd: directory });
    assert.ok(stderr.startsWith('bots/ada.yaml:10:11: error: ') && README.includes(stderr), stderr);
    rmSync(directory, { recursive: true });
  });

  test('the command that pushes does what is said of it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'readme-'));
    mkdirSync(join(directory, 'bots'));
    writeFileSync(join(directory, 'bots/ada.yaml'), AGENT);
    const server = await writableRegistry();
    try {
      const line = SHELL.find((text) => text.includes('openclaw-gitops push')) ?? '';
      const args = line.replace('registry.example.com', server.host).trim().split(' ').slice(2);
      const env = { ...process.env, DOCKER_CONFIG: directory };
      const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args, '--output', 'json'], { cwd: directory, env });
      assert.deepEqual([...server.manifests.keys()], ['fleet/agents:v1.4.0', 'fleet/agents:latest']);
      for (const key of Object.keys(JSON.parse(stdout) as object)) assert.ok(README.includes(`\`${key}\``), key);
    } finally {
      await server.close();
      rmSync(directory, { recursive: true });
    }
  });

  test('the commands that write a directory write it, and find it current', () => {
    const directory = mkdtempSync(join(tmpdir(), 'readme-'));
    mkdirSync(join(directory, 'bots'));
    writeFileSync(join(directory, 'bots/my-agent.yaml'), AGENT);
    const lines = SHELL.flatMap((text) => text.split('\n').filter((line) => line.includes(' bots/ --out ')));
    assert.equal(lines.length, 2);
    for (const line of lines) {
      const { status, stderr } = run(line.split(' ').slice(2), { cwd: directory });
      assert.equal(status, 0, stderr);
    }
    assert.ok(existsSync(join(directory, 'rendered/openclaw/my-agent/manifests.yaml')));
    rmSync(directory, { recursive: true });
  });

  test('the command for code scanning writes SARIF', () => {
    const line = SHELL.flatMap((text) => text.split('\n').filter((command) => command.includes('sarif')))[0] ?? '';
    const directory = mkdtempSync(join(tmpdir(), 'readme-'));
    mkdirSync(join(directory, 'bots'));
    writeFileSync(join(directory, 'bots/my-agent.yaml'), AGENT);
    const { status, stderr } = run(line.split(' 2> ')[0]?.split(' ').slice(2) ?? [], { cwd: directory });
    assert.deepEqual([status, (JSON.parse(stderr) as { version: string }).version], [0, '2.1.0']);
    rmSync(directory, { recursive: true });
  });

  test('every command, plugin variable and annotation is named', () => {
    for (const { name } of commands) assert.match(README, new RegExp(`^openclaw-gitops ${name}\\b`, 'm'));
    for (const { env = '' } of parametersOf('argocd')) assert.ok(README.includes(`\`${env}\``), env);
    for (const { name } of parametersOf('krm')) assert.ok(README.includes(`\`${name}\``), name);
    for (const annotation of Object.values(INSTANCE_ANNOTATIONS)) assert.ok(README.includes(`\`${annotation}\``), annotation);
  });

  test('the Application names the plugin as plugin.yaml has it', () => {
    const application = blocks(README, 'yaml').find((text) => text.includes('kind: Application')) ?? '';
    const plugin = readFileSync(join(ROOT, 'plugin.yaml'), 'utf8');
    const [, name] = /^ {2}name: (.*)$/m.exec(plugin) ?? [];
    const [, version] = /^ {2}version: (.*)$/m.exec(plugin) ?? [];
    assert.ok(application.includes(`name: ${name}-${version}\n`));
  });

  test('links lead to files', () => {
    for (const [, target = ''] of README.matchAll(/\]\((?!http)([^)#]+)\)/g)) assert.ok(existsSync(join(ROOT, target)), target);
  });

  test('the documented npm scripts exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const text = README + readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
    for (const [, name = ''] of text.matchAll(/npm run ([\w:]+)/g)) assert.ok(name in scripts, name);
  });
});
