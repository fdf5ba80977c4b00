/** The KRM function where orchestrators write its answers back into files: `kustomize fn run`, and kpt where it is installed. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { render } from '../../src/render.ts';
import { kptJudges } from './kpt.ts';
import { identity, manifests, PROGRAM, run, unmarked, withDirectory, type Manifest, type Run } from './kustomization.ts';

const KUSTOMIZE = process.env['KUSTOMIZE'] ?? '';
const FUNCTION = 'krm-function';

function agent(name: string): string {
  return `# What ${name} is for.
apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata:
  name: ${name} # chosen with care
  namespace: agents
spec:
  image: {tag: 2026.9.6}
  envFrom:
    - secretRef: {name: keys} # filled by hand
  config:
    raw:
      # Comments stay.
      agents: {defaults: {model: {primary: anthropic/claude-sonnet-4-20250514}}}
`;
}

const THEIRS = `# Theirs.
apiVersion: v1
kind: ConfigMap
metadata:
  name: theirs
  namespace: agents
data:
  # why
  text: |
    a
      b
  number: "1" # text
`;

const KPTFILE = `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: agents
  annotations:
    config.kubernetes.io/local-config: "true"
pipeline:
  mutators:
    - exec: ./${FUNCTION}
      configMap:
        registry: r.example.com
`;

const PACKAGE = { 'bots/ada.yaml': agent('ada'), 'bots/bob.yaml': agent('bob'), 'theirs.yaml': THEIRS, Kptfile: KPTFILE };

interface Orchestrator {
  readonly name: string;
  /** Runs the function, with the registry r.example.com, on the package in `directory`. */
  readonly run: (directory: string) => Run;
}

const ORCHESTRATORS: Orchestrator[] = [
  {
    name: 'kustomize fn run',
    run: (directory) =>
      run(KUSTOMIZE, ['fn', 'run', '.', '--enable-exec', '--exec-path', `./${FUNCTION}`, '--', 'registry=r.example.com'], directory),
  },
];
if (kptJudges('the function in place')) {
  ORCHESTRATORS.push(
    { name: 'kpt fn render', run: (directory) => run('kpt', ['fn', 'render', '.', '--allow-exec'], directory) },
    {
      name: 'kpt fn eval',
      run: (directory) => run('kpt', ['fn', 'eval', '.', '--exec', `./${FUNCTION}`, '--', 'registry=r.example.com'], directory),
    },
  );
}

/** Every file but the function itself. */
function contents(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => /\.yaml$|Kptfile$/.test(name));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function inPackage<T>(work: (directory: string) => T): T {
  return withDirectory(PACKAGE, (directory) => {
    writeFileSync(join(directory, FUNCTION), `#!/bin/sh\nexec ${process.execPath} ${PROGRAM} krm\n`, { mode: 0o755 });
    return work(directory);
  });
}

function expected(name: string): Manifest[] {
  const files = [{ name, bytes: new TextEncoder().encode(agent(name)) }];
  return [...render(files, { registry: 'r.example.com' }).objects] as unknown as Manifest[];
}

for (const orchestrator of ORCHESTRATORS) {
  describe(orchestrator.name, () => {
    test('writes what render prints beside the instance, and leaves every other line as it is', () =>
      inPackage((directory) => {
        const { status, stderr } = orchestrator.run(directory);
        assert.equal(status, 0, stderr);
        const after = contents(directory);
        assert.deepEqual(Object.keys(after), [
          'Kptfile',
          'bots/ada.rendered.yaml',
          'bots/ada.yaml',
          'bots/bob.rendered.yaml',
          'bots/bob.yaml',
          'theirs.yaml',
        ]);
        for (const name of ['ada', 'bob']) {
          const found = [...manifests(after[`bots/${name}.rendered.yaml`]!).values()];
          const wanted = expected(name);
          assert.deepEqual(found.map(identity), wanted.map(identity));
          assert.deepEqual(found.map(unmarked), wanted);
          const lines = after[`bots/${name}.yaml`]!.split('\n');
          // kyaml writes lists without their indentation.
          const unindented = (text: string): string[] => text.split('\n').map((line) => line.trimStart());
          const added = lines.filter((line) => !unindented(agent(name)).includes(line.trimStart()));
          assert.deepEqual(added, ['  annotations:', '    config.kubernetes.io/local-config: "true"']);
          assert.deepEqual(
            unindented(after[`bots/${name}.yaml`]!).filter((line) => !/^(?:annotations:|config\.kubernetes)/.test(line)),
            unindented(agent(name)),
          );
        }
        assert.equal(after['theirs.yaml'], THEIRS);
      }));

    test('changes nothing in a second run, and takes away what is rendered for an instance that is gone', () =>
      inPackage((directory) => {
        assert.equal(orchestrator.run(directory).status, 0);
        const once = contents(directory);
        assert.equal(orchestrator.run(directory).status, 0);
        assert.deepEqual(contents(directory), once);
        rmSync(join(directory, 'bots/bob.yaml'));
        assert.equal(orchestrator.run(directory).status, 0);
        const { 'bots/bob.yaml': _bob, 'bots/bob.rendered.yaml': _rendered, ...rest } = once;
        assert.deepEqual(contents(directory), rest);
      }));

    test('writes nothing when an instance is refused', () =>
      inPackage((directory) => {
        assert.equal(orchestrator.run(directory).status, 0);
        mkdirSync(join(directory, 'more'));
        writeFileSync(join(directory, 'more/eve.yaml'), agent('eve').replace('image:', 'imag:'));
        const before = contents(directory);
        const { status, stdout, stderr } = orchestrator.run(directory);
        assert.notEqual(status, 0);
        assert.match(stdout + stderr, /more\/eve\.yaml, spec\.imag: error: /);
        assert.deepEqual(contents(directory), before);
      }));

    test('leaves a package that render and kustomize can read', () =>
      inPackage((directory) => {
        assert.equal(orchestrator.run(directory).status, 0);
        const again = run(process.execPath, [PROGRAM, 'render', '.', '--registry', 'r.example.com'], directory);
        assert.equal(again.status, 0, again.stderr);
        const wanted = [...expected('ada'), ...expected('bob')].map(identity);
        assert.deepEqual([...manifests(again.stdout).keys()].toSorted(), ['v1 ConfigMap agents theirs', ...wanted].toSorted());
        const resources = Object.keys(contents(directory)).filter((name) => name.endsWith('.yaml'));
        writeFileSync(join(directory, 'kustomization.yaml'), JSON.stringify({ resources }));
        const built = run(KUSTOMIZE, ['build', '.'], directory);
        assert.equal(built.status, 0, built.stderr);
        assert.deepEqual([...manifests(built.stdout).keys()].toSorted(), ['v1 ConfigMap agents theirs', ...wanted].toSorted());
      }));
  });
}
