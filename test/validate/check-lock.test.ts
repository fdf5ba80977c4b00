/** The lock in whole renders: what it pins, what is said about what it does not pin, and when nothing is said. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Container, Job, StatefulSet } from '../../src/kube/types.ts';
import { render, type RenderOptions } from '../../src/render.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const OPENCLAW = 'ghcr.io/openclaw/openclaw:2026.9.6';
const NGINX = 'docker.io/library/nginx:1.27-alpine';
const QUIET = 'observability: {metrics: {enabled: false}}';

function bot(name: string, spec: string): string {
  return `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ${name}, namespace: agents}\nspec: {envFrom: [{secretRef: {name: keys}}], ${QUIET}, ${spec}}\n`;
}

function lock(images: Readonly<Record<string, string>>, name = 'openclaw'): string {
  return `apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawLock\nmetadata: {name: ${name}}\nimages: ${JSON.stringify(images)}\n`;
}

interface Outcome {
  readonly refused: boolean;
  readonly said: readonly string[];
  /** Image by container name, the Job's as well. */
  readonly images: Readonly<Record<string, string | undefined>>;
  readonly policies: readonly (string | undefined)[];
}

function outcome(texts: readonly string[], options: RenderOptions = {}): Outcome {
  const files = texts.map((text, index) => ({ name: `${index}.yaml`, bytes: new TextEncoder().encode(text) }));
  const { refused, diagnostics, objects } = render(files, options);
  const containers: Container[] = [...objects].flatMap((object) => {
    if (object['kind'] !== 'StatefulSet' && object['kind'] !== 'Job') return [];
    const pod = (object as unknown as StatefulSet | Job).spec?.template.spec;
    return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
  });
  return {
    refused,
    said: diagnostics.map(
      ({ severity, rule, message, location }: Diagnostic) => `${location.file}:${location.line} ${severity} ${rule}: ${message}`,
    ),
    images: Object.fromEntries(containers.map(({ name, image }) => [name, image])),
    policies: containers.map(({ imagePullPolicy }) => imagePullPolicy),
  };
}

const TAGGED = 'image: {tag: 2026.9.6}';

describe('a lock', () => {
  test("pins every container of the agent and the user's own, and keeps the tag", () => {
    const side = 'sidecars: [{name: side, image: busybox}, {name: own, image: "busybox:1@' + OTHER + '"}]';
    const { images, said, policies } = outcome([
      bot('bot', `${TAGGED}, ${side}`),
      lock({ [OPENCLAW]: DIGEST, [NGINX]: OTHER, busybox: DIGEST }),
    ]);
    assert.deepEqual(
      said.filter((line) => line.includes('lock')),
      [],
    );
    assert.deepEqual(images, {
      prepare: `${OPENCLAW}@${DIGEST}`,
      openclaw: `${OPENCLAW}@${DIGEST}`,
      'gateway-proxy': `${NGINX}@${OTHER}`,
      side: `busybox@${DIGEST}`,
      own: `busybox:1@${OTHER}`,
      'fill-secrets': `${OPENCLAW}@${DIGEST}`,
    });
    assert.deepEqual([...new Set(policies)], ['IfNotPresent']);
  });

  test('is by the reference as it is rendered, after the registry override', () => {
    const images = { 'mirror.example.com/openclaw/openclaw:2026.9.6': DIGEST, 'mirror.example.com/nginx:1.27-alpine': OTHER };
    const mirrored = outcome([bot('bot', TAGGED), lock(images)], { registry: 'mirror.example.com' });
    assert.deepEqual([mirrored.said, mirrored.images['openclaw']], [[], `mirror.example.com/openclaw/openclaw:2026.9.6@${DIGEST}`]);
    assert.equal(outcome([bot('bot', TAGGED), lock(images)]).said.length, 2);
  });

  test('does not hide the version that the tag tells', () => {
    const { said } = outcome([
      bot('bot', 'image: {tag: 2026.6.11}'),
      lock({ 'ghcr.io/openclaw/openclaw:2026.6.11': DIGEST, [NGINX]: OTHER }),
    ]);
    assert.deepEqual(said, []);
  });

  test('that lacks an image is told once for each image, with the first instance that runs it', () => {
    const { said, refused } = outcome([bot('bob', TAGGED), bot('ada', TAGGED), lock({ [NGINX]: OTHER })]);
    assert.equal(refused, false);
    assert.deepEqual(said, [`2.yaml:4 warning lock-incomplete: "${OPENCLAW}", which agents/ada runs, has no digest here; expected one`]);
  });

  test('may hold more than is used, for others that render the same directory with other flags', () => {
    assert.deepEqual(outcome([bot('bot', TAGGED), lock({ [OPENCLAW]: DIGEST, [NGINX]: OTHER, 'busybox:9': DIGEST })]).said, []);
  });

  test('counts once when it comes twice, as through kustomize, whatever its metadata', () => {
    const images = { [OPENCLAW]: DIGEST, [NGINX]: OTHER };
    assert.deepEqual(outcome([bot('bot', TAGGED), lock(images), lock({ [NGINX]: OTHER, [OPENCLAW]: DIGEST }, 'prefix-openclaw')]).said, []);
  });

  test('beside another one is an error that names both', () => {
    const { refused, said } = outcome([bot('bot', TAGGED), lock({ [NGINX]: OTHER }), lock({ [NGINX]: DIGEST })]);
    assert.equal(refused, true);
    assert.deepEqual(said, [
      '2.yaml:2 error duplicate-object: a second OpenClawLock, which differs from the one at 1.yaml:2; expected one for all that is rendered together',
    ]);
  });

  test('that is no lock is refused at its place', () => {
    const { said } = outcome([bot('bot', TAGGED), lock({ [NGINX]: 'sha256:abc' })]);
    assert.deepEqual(said, [
      '1.yaml:4 error schema/pattern: "sha256:abc" is not valid in images["docker.io/library/nginx:1.27-alpine"]; expected a digest such as sha256: with 64 lower-case hexadecimal digits',
    ]);
    const version = lock({}).replace('v1alpha1', 'v9');
    assert.match(
      outcome([bot('bot', TAGGED), version]).said[0]!,
      /^1\.yaml:1 error unknown-api-version: .* expected gitops\.openclaw\.rocks\/v1alpha1$/,
    );
    const kind = lock({}).replace('OpenClawLock', 'Lock');
    assert.match(
      outcome([bot('bot', TAGGED), kind]).said[0]!,
      /^1\.yaml:2 error unknown-kind: kind "Lock" is not part of gitops\.openclaw\.rocks; expected /,
    );
  });
});

describe('without a lock', () => {
  const missing =
    '0.yaml:1 warning lock-missing: there is no openclaw.lock.yaml, so that tags decide which images run; expected their digests';

  test('one warning is enough for all instances, and --strict refuses', () => {
    assert.deepEqual(outcome([bot('ada', TAGGED), bot('bob', TAGGED)]).said, [missing]);
    const strict = outcome([bot('ada', TAGGED)], { strict: true });
    assert.deepEqual([strict.refused, strict.said], [true, [missing.replace('warning', 'error')]]);
  });

  test('nothing is missing where every image has a digest of its own, or nothing runs', () => {
    const pinned = bot('bot', `image: {digest: "${DIGEST}"}, gateway: {enabled: false}`);
    assert.deepEqual(
      outcome([pinned]).said.filter((line) => line.includes('lock')),
      [],
    );
    assert.deepEqual(outcome(['apiVersion: v1\nkind: Namespace\nmetadata: {name: agents}\n'], { allowEmpty: true }).said, []);
  });

  test('a refused input hears of its mistakes first', () => {
    const { refused, said } = outcome([bot('bot', 'image: {tag: "a b"}')]);
    assert.deepEqual([refused, said.some((line) => line.includes('lock-missing'))], [true, false]);
  });
});
