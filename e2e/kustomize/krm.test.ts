/** The KRM function under the real kustomize, which `main.ts` builds and names in KUSTOMIZE. */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { parametersOf } from '../../src/commands/parameters.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { isRendered, RENDERED_FROM } from '../../src/parse/classify.ts';
import { render } from '../../src/render.ts';
import { caseInput, goldenCases, type GoldenCase } from '../../test/golden/golden-case.ts';
import {
  execAnnotation,
  identity,
  manifests,
  PROGRAM,
  renderFile,
  run,
  unmarked,
  withDirectory,
  type Manifest,
  type Run,
} from './kustomization.ts';

const KUSTOMIZE = process.env['KUSTOMIZE'] ?? '';
const AGENT = readFileSync(join(import.meta.dirname, '../../golden/minimal/input/bot.yaml'), 'utf8');

/** A function that does nothing: what fails with it, too, is kustomize's own. */
const IDENTITY = `config.kubernetes.io/function: '{"exec": {"path": "/bin/cat"}}'`;
/** Inputs that kustomize does not hand to any function as they are. */
const NOT_FOR_KUSTOMIZE: Readonly<Record<string, RegExp>> = {
  'config-rich': /wrong node kind: expected ScalarNode but got MappingNode/,
  'odd-text': /yaml: control characters are not allowed/,
  'workspace-files': /yaml: control characters are not allowed/,
};
/** Reads `yes` and `no` as text, and quotes them. */
const READ_OTHERWISE = 'yaml-1.1';

function build(directory: string, env?: NodeJS.ProcessEnv): Run {
  return run(KUSTOMIZE, ['build', '--enable-alpha-plugins', '--enable-exec', directory], directory, env);
}

function inputFiles({ directory }: GoldenCase): Record<string, string | Uint8Array> {
  const names = readdirSync(join(directory, 'input'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(join(directory, 'input/').length), readFileSync(path)];
    }),
  );
}

/** The flags of a case as parameters of the function. */
function parametersFrom(args: readonly string[]): object {
  return Object.fromEntries(
    args.map((argument) => {
      const [, name = '', value = ''] = /^--([a-z-]+)(?:=(.*))?$/.exec(argument) ?? [];
      const parameter = parametersOf('krm').find((candidate) => candidate.name === name);
      assert.ok(parameter?.field !== undefined, argument);
      return [parameter.field, parameter.collectionType === 'array' ? value.split(',') : value === '' ? true : value];
    }),
  );
}

describe('as a transformer', () => {
  for (const golden of goldenCases().filter(({ keepsManifests }) => keepsManifests)) {
    test(`${golden.name} gives what render prints`, async () => {
      const { files, options } = await caseInput(golden);
      const expected = [...render(files, options).objects] as unknown as Manifest[];
      const input = inputFiles(golden);
      const built = (annotation: string): Run => {
        const kustomization = JSON.stringify({ resources: Object.keys(input).toSorted(), transformers: ['render.yaml'] });
        const files = { ...input, 'kustomization.yaml': kustomization, 'render.yaml': renderFile(parametersFrom(golden.args), annotation) };
        return withDirectory(files, (directory) => build(directory));
      };
      const { status, stdout, stderr } = built(execAnnotation());
      const refusal = NOT_FOR_KUSTOMIZE[golden.name];
      if (refusal !== undefined) {
        assert.match(stderr, refusal);
        assert.match(built(IDENTITY).stderr, refusal);
        return;
      }
      if (golden.name === READ_OTHERWISE) {
        assert.match(stderr, /spec\.suspended: error: text is given; spec\.suspended expects true or false/);
        assert.match(built(IDENTITY).stdout, /suspended: "no"/);
        return;
      }
      assert.equal(status, 0, stderr);
      const found = manifests(stdout);
      assert.deepEqual([...found.keys()].toSorted(), expected.map(identity).toSorted());
      const handedOn = golden.name === 'pass-through' ? manifests(built(IDENTITY).stdout) : new Map<string, Manifest>();
      for (const object of expected) {
        const made = found.get(identity(object))!;
        assert.deepEqual(unmarked(made), handedOn.get(identity(object)) ?? object, identity(object));
        assert.ok(!isRendered(made as unknown as JsonObject) || !handedOn.has(identity(object)));
      }
    });
  }

  test('comes after what kustomize does to the instance', () => {
    const files = {
      'agent.yaml': AGENT,
      'render.yaml': renderFile({}),
      'kustomization.yaml': JSON.stringify({
        resources: ['agent.yaml'],
        namespace: 'patched',
        namePrefix: 'my-',
        patches: [
          {
            target: { kind: 'OpenClawInstance' },
            patch: '[{"op": "add", "path": "/spec/image/repository", "value": "r.example.com/openclaw"}]',
          },
        ],
        transformers: ['render.yaml'],
      }),
    };
    const { status, stdout, stderr } = withDirectory(files, (directory) => build(directory));
    assert.equal(status, 0, stderr);
    const found = [...manifests(stdout).values()];
    assert.ok(found.length > 10);
    for (const { metadata } of found) assert.equal(metadata.annotations?.[RENDERED_FROM], 'patched/my-bot');
    assert.match(stdout, /image: r\.example\.com\/openclaw:/);
  });

  test('that refuses stops the build with the reason, and nothing is printed', () => {
    const files = {
      'agent.yaml': AGENT.replace('image:', 'imag:'),
      'render.yaml': renderFile({}),
      'kustomization.yaml': '{resources: [agent.yaml], transformers: [render.yaml]}',
    };
    const { status, stdout, stderr } = withDirectory(files, (directory) => build(directory));
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^items\[0\], spec\.imag: error: "imag" is not a field of spec; did you mean "image"\?/m);
  });

  test('with mode "validate" checks and changes nothing', () => {
    const kustomization = '{resources: [agent.yaml], transformers: [render.yaml]}';
    const [checked, untouched] = [renderFile({ mode: 'validate' }), renderFile({}, IDENTITY)].map((file) =>
      withDirectory({ 'agent.yaml': AGENT, 'render.yaml': file, 'kustomization.yaml': kustomization }, (directory) => build(directory)),
    );
    assert.equal(checked?.status, 0, checked?.stderr);
    assert.match(checked.stderr, /\[lock-missing\]/);
    assert.equal(checked.stdout, untouched?.stdout);
    const strict = renderFile({ mode: 'validate', strict: true });
    const refused = withDirectory({ 'agent.yaml': AGENT, 'render.yaml': strict, 'kustomization.yaml': kustomization }, (directory) =>
      build(directory),
    );
    assert.equal(refused.status, 1);
  });
});

describe('as a generator', () => {
  test('renders the instance that calls it', () => {
    const withFunction = AGENT.replace('metadata:\n', `metadata:\n  annotations:\n    ${execAnnotation()}\n`);
    const files = { 'agent.yaml': withFunction, 'kustomization.yaml': '{generators: [agent.yaml]}' };
    const { status, stdout, stderr } = withDirectory(files, (directory) => build(directory));
    assert.equal(status, 0, stderr);
    const expected = [...render([{ name: 'agent.yaml', bytes: new TextEncoder().encode(AGENT) }]).objects] as unknown as Manifest[];
    const found = manifests(stdout);
    assert.deepEqual([...found.keys()].toSorted(), expected.map(identity).toSorted());
    for (const object of expected) assert.deepEqual(unmarked(found.get(identity(object))!), object);
  });
});

test('as a validator no function passes, ours as little as one that does nothing', () => {
  for (const file of [renderFile({ mode: 'validate' }), renderFile({}, IDENTITY)]) {
    const files = {
      'agent.yaml': AGENT,
      'render.yaml': file,
      'kustomization.yaml': '{resources: [agent.yaml], validators: [render.yaml]}',
    };
    const { status, stderr } = withDirectory(files, (directory) => build(directory));
    assert.equal(status, 1);
    assert.match(stderr, /validator shouldn't modify the resource map/);
  }
});

test('as a container it needs no root, no network, no home, and no environment', () => {
  const files = {
    'agent.yaml': AGENT,
    'render.yaml': renderFile({}, `config.kubernetes.io/function: '{"container": {"image": "example.com/openclaw-gitops:v1"}}'`),
    'kustomization.yaml': '{resources: [agent.yaml], transformers: [render.yaml]}',
  };
  withDirectory(files, (directory) => {
    // Where nobody may read it, wherever the checkout is.
    chmodSync(directory, 0o755);
    cpSync(dirname(PROGRAM), join(directory, 'dist'), { recursive: true });
    cpSync(process.execPath, join(directory, 'bin/node'));
    const seen = join(directory, 'seen.json');
    const standIn = [
      join(directory, 'bin/node'),
      join(import.meta.dirname, 'stand-in-docker.ts'),
      join(directory, 'dist', basename(PROGRAM)),
      seen,
    ];
    writeFileSync(join(directory, 'bin/docker'), `#!/bin/sh\nexec ${standIn.join(' ')} "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${join(directory, 'bin')}:${process.env['PATH']}` };
    const { status, stdout, stderr } = run(KUSTOMIZE, ['build', '--enable-alpha-plugins', directory], directory, env);
    assert.equal(status, 0, stderr);
    assert.ok(manifests(stdout).size > 10);
    const call = JSON.parse(readFileSync(seen, 'utf8')) as { network: string; user: string; positionals: string[] };
    // Nothing follows the image: what it runs without arguments has to be this function.
    assert.deepEqual([call.network, call.user, call.positionals], ['none', 'nobody', ['run', 'example.com/openclaw-gitops:v1']]);
  });
});
