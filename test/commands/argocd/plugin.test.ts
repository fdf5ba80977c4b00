import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { readParameters } from '../../../src/commands/argocd/parameters.ts';
import { parametersOf } from '../../../src/commands/parameters.ts';
import { pluginYaml } from '../../../src/commands/argocd/plugin-yaml.ts';
import { generate, type Application, type Generated, type PluginDefinition } from './plugin-server.ts';

const ROOT = join(import.meta.dirname, '../../..');
const plugin = parse(readFileSync(join(ROOT, 'plugin.yaml'), 'utf8')) as PluginDefinition;

const DIGEST = `sha256:${'a'.repeat(64)}`;

function instance(name: string, spec = '{}'): string {
  return `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata:\n  name: ${name}\nspec: ${spec}\n`;
}

describe('plugin.yaml', () => {
  test('is what the parameters define, with an absolute command and without discovery', () => {
    assert.equal(readFileSync(join(ROOT, 'plugin.yaml'), 'utf8'), pluginYaml());
    assert.equal(`${plugin.metadata.name}-${plugin.spec.version}`, 'openclaw-v1');
    assert.ok(isAbsolute(plugin.spec.generate.command[0] ?? ''));
    assert.equal(plugin.spec.discover, undefined);
    assert.deepEqual(
      plugin.spec.parameters.static.map(({ name }) => name),
      parametersOf('argocd').map(({ name }) => name),
    );
  });
});

describe('the plugin as Argo CD runs it', () => {
  let repository = '';
  const run = (application: Partial<Application> = {}): Generated =>
    generate(
      { repository, path: 'agents', ...application },
      {
        plugin,
        program: [process.execPath, join(ROOT, 'dist/openclaw-gitops.cjs')],
        // Marks a secret of the sidecar: it must never come back.
        environment: { PATH: process.env['PATH'] ?? '', SIDECAR_TOKEN: 'marker-of-the-sidecar' },
      },
    );
  const names = ({ objects }: Generated): unknown[] =>
    objects.filter((object) => object['kind'] === 'StatefulSet').map((object) => (object['metadata'] as { name: string }).name);

  before(() => {
    repository = mkdtempSync(join(tmpdir(), 'agents-repository-'));
    mkdirSync(join(repository, 'agents/broken'), { recursive: true });
    writeFileSync(join(repository, 'agents/ada.yaml'), instance('ada'));
    writeFileSync(join(repository, 'agents/bob.yaml'), instance('bob'));
    writeFileSync(join(repository, 'agents/.argocd-source.yaml'), 'plugin: {}\n');
    mkdirSync(join(repository, 'locked/bots'), { recursive: true });
    writeFileSync(join(repository, 'locked/bots/eve.yaml'), instance('eve', '{image: {tag: 2026.9.6}}'));
    writeFileSync(
      join(repository, 'locked/openclaw.lock.yaml'),
      `apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawLock\nmetadata: {name: openclaw}\nimages: {"ghcr.io/openclaw/openclaw:2026.9.6": "${DIGEST}"}\n`,
    );
    writeFileSync(join(repository, 'outside.yaml'), instance('outside'));
  });
  after(() => rmSync(repository, { recursive: true, force: true }));

  test('renders the application directory, in the destination namespace', () => {
    const generated = run();
    assert.equal(generated.error, null);
    assert.deepEqual(names(generated), ['ada', 'bob']);
    assert.ok(generated.objects.every((object) => (object['metadata'] as { namespace: string }).namespace === 'openclaw'));
  });

  test('renders only the files that the Application names, by parameter or by environment', () => {
    assert.deepEqual(names(run({ parameters: [{ name: 'files', array: ['bob.yaml'] }] })), ['bob']);
    assert.deepEqual(names(run({ env: { FILES: 'ada.yaml, bob.yaml' } })), ['ada', 'bob']);
    assert.deepEqual(names(run({ env: { FILES: 'ada.yaml' }, parameters: [{ name: 'files', array: ['bob.yaml'] }] })), ['bob']);
  });

  test('takes the lock of the application directory, also for files that the Application names', () => {
    const { objects, error } = run({ path: 'locked', parameters: [{ name: 'files', array: ['bots/eve.yaml'] }] });
    assert.equal(error, null);
    const images = Array.from(JSON.stringify(objects).matchAll(/"image":"([^"]+)"/g), ([, image]) => image);
    assert.ok(images.includes(`ghcr.io/openclaw/openclaw:2026.9.6@${DIGEST}`), images.join(' '));
  });

  test('shows a mistake with its place, and nothing else', () => {
    writeFileSync(join(repository, 'agents/broken/eve.yaml'), instance('eve', '{imag: {}}'));
    const generated = run();
    rmSync(join(repository, 'agents/broken/eve.yaml'));
    assert.match(
      generated.error ?? '',
      /^error generating manifests: `\/usr\/local\/bin\/openclaw-gitops argocd-generate` failed exit status 1: /,
    );
    assert.match(generated.error ?? '', /broken\/eve\.yaml:5:8: error: "imag" is not a field of spec/);
    assert.doesNotMatch(generated.error ?? '', /marker-of-the-sidecar/);
  });

  test('gives hints that a user of Argo CD can follow', () => {
    mkdirSync(join(repository, 'nobody'));
    writeFileSync(join(repository, 'nobody/other.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: agents}\n');
    const { error } = run({ path: 'nobody' });
    rmSync(join(repository, 'nobody'), { recursive: true });
    assert.match(error ?? '', /\n {2}hint: name a file or directory that holds one, or set the plugin parameter "allow-empty" to "true"$/);
  });

  test('keeps standard error below 8 KB, errors first', () => {
    for (let index = 0; index < 200; index += 1)
      writeFileSync(join(repository, `agents/broken/${index}.yaml`), instance(`e${index}`, '{imag: {}}'));
    const generated = run();
    for (let index = 0; index < 200; index += 1) rmSync(join(repository, `agents/broken/${index}.yaml`));
    assert.ok(Buffer.byteLength(generated.stderr) <= 8192, `${Buffer.byteLength(generated.stderr)} bytes`);
    assert.match(generated.stderr, /error: "imag" is not a field/);
    assert.match(generated.stderr, /and \d+ more errors/);
  });

  for (const [title, application, message] of [
    [
      'an unknown parameter',
      { parameters: [{ name: 'file', array: ['ada.yaml'] }] },
      /plugin parameter "file" is not known; did you mean "files"\?/,
    ],
    [
      'a wrong value',
      { parameters: [{ name: 'strict', string: 'yes' }] },
      /plugin parameter "strict" is "yes"; expected "true" or "false"/,
    ],
    [
      'a map',
      { parameters: [{ name: 'strict', map: { strict: 'true' } }] },
      /plugin parameter "strict" is a map; expected a string or a list/,
    ],
    [
      'a parameter that is there twice',
      {
        parameters: [
          { name: 'strict', string: 'true' },
          { name: 'strict', string: 'false' },
        ],
      },
      /error: plugin parameter "strict" is given twice; expected it once$/m,
    ],
    [
      'a registry with a scheme',
      { parameters: [{ name: 'registry', string: 'https://mirror.example.com' }] },
      /plugin parameter "registry" is "https:\/\/mirror\.example\.com"; expected a host name/,
    ],
    [
      'a version that is none',
      { env: { OPENCLAW_VERSION: 'newest' } },
      /plugin parameter "openclaw-version" is "newest"; expected a version/,
    ],
    [
      'a path outside of the application',
      { parameters: [{ name: 'files', array: ['../outside.yaml'] }] },
      /names "\.\.\/outside\.yaml"; expected a path inside/,
    ],
    ['an absolute path', { env: { CLUSTER_DEFAULTS: '/etc/passwd' } }, /names "\/etc\/passwd"; expected a path inside/],
    ['a file that is not there', { parameters: [{ name: 'files', array: ['zoe.yaml'] }] }, /zoe\.yaml/],
  ] as const) {
    test(`refuses ${title}`, () => {
      const { error, objects } = run(application);
      assert.match(error ?? '', message);
      assert.equal(objects.length, 0);
    });
  }

  test('leaves out with a warning what the cluster does not know, unless it is told to keep it or knows nothing of the cluster', () => {
    writeFileSync(join(repository, 'agents/mia.yaml'), instance('mia', '{observability: {metrics: {serviceMonitor: {enabled: true}}}}'));
    const monitors = (application: Partial<Application>): unknown[] => {
      const { objects, stderr, error } = run({ env: { FILES: 'mia.yaml' }, ...application });
      assert.equal(error, null);
      const found = objects.filter(({ kind }) => kind === 'ServiceMonitor');
      assert.equal(stderr.includes('[missing-crd]'), found.length === 0);
      return found;
    };
    assert.equal(monitors({}).length, 0);
    assert.equal(monitors({ parameters: [{ name: 'missing-crds', string: 'omit' }] }).length, 0);
    assert.equal(monitors({ parameters: [{ name: 'missing-crds', string: 'keep' }] }).length, 1);
    assert.equal(monitors({ env: { FILES: 'mia.yaml', MISSING_CRDS: 'keep' } }).length, 1);
    assert.equal(monitors({ apiVersions: 'v1,v1/Pod,monitoring.coreos.com/v1,monitoring.coreos.com/v1/ServiceMonitor' }).length, 1);
    // The Source Hydrator sends it empty.
    assert.equal(monitors({ apiVersions: '' }).length, 1);
    rmSync(join(repository, 'agents/mia.yaml'));
  });

  test("refuses a link that leaves the application, whose target may be another team's", () => {
    symlinkSync('../outside.yaml', join(repository, 'agents/link.yaml'));
    const { error } = run();
    rmSync(join(repository, 'agents/link.yaml'));
    assert.match(error ?? '', /link\.yaml/);
  });
});

describe('readParameters', () => {
  test('takes the absence of parameters in every form that Argo CD has', () => {
    for (const text of [undefined, '', 'null', '[]'])
      assert.deepEqual(readParameters({ ARGOCD_APP_PARAMETERS: text }), { values: new Map(), problems: [] });
  });

  test('takes a parameter of the Application before the variable of the same name', () => {
    const env = { ARGOCD_APP_PARAMETERS: '[{"name": "strict", "string": "false"}]', ARGOCD_ENV_STRICT: 'true' };
    assert.deepEqual(readParameters(env), { values: new Map([['strict', ['false']]]), problems: [] });
  });

  test('tells once of a parameter that is there many times, wherever its values are empty, too', () => {
    const thrice = JSON.stringify([{ name: 'files', array: ['a'] }, { name: 'files' }, { name: 'files', array: ['b'] }]);
    assert.deepEqual(readParameters({ ARGOCD_APP_PARAMETERS: thrice }).problems, [
      'plugin parameter "files" is given 3 times; expected it once',
    ]);
  });

  test('says what is wrong with parameters that are no list', () => {
    assert.deepEqual(readParameters({ ARGOCD_APP_PARAMETERS: '{' }).problems, ['ARGOCD_APP_PARAMETERS is not JSON']);
    assert.deepEqual(readParameters({ ARGOCD_APP_PARAMETERS: '{}' }).problems, ['ARGOCD_APP_PARAMETERS is not a list']);
  });
});
