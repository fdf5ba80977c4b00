/** A directory with one agent, and the images that it runs, in a registry. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openclawGitops } from './program.ts';
import type { Pusher } from './push.ts';

/** In the repository of the sidecar, which a mirror does not move. */
export const SIDECAR = 'public/team/watcher:1.4';

/** Writes `agents/NAME.yaml` below `directory`; the spec says what else the agent has. */
export function writeAgent(directory: string, sidecarHost: string, spec: object = {}, name = 'ada'): void {
  mkdirSync(join(directory, 'agents'), { recursive: true });
  const agent = {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name, namespace: 'agents' },
    spec: {
      ...spec,
      image: { tag: '2026.9.6' },
      envFrom: [{ secretRef: { name: 'keys' } }],
      sidecars: [
        {
          name: 'watcher',
          image: `${sidecarHost}/${SIDECAR}`,
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '100m', memory: '64Mi' } },
        },
      ],
    },
  };
  // JSON is YAML.
  writeFileSync(join(directory, `agents/${name}.yaml`), JSON.stringify(agent));
}

/** References of all images that the agent runs, from the renderer itself. */
export async function imagesOf(directory: string, registry: string): Promise<string[]> {
  const { out, err } = await openclawGitops(directory, ['lock', 'agents', '--check', '--output', 'json', '--registry', registry]);
  assert.equal(err, '');
  const { changes } = JSON.parse(out) as { changes: { section: string; name: string }[] };
  return changes.filter(({ section }) => section === 'images').map(({ name }) => name);
}

/** Pushes every image, in turn as an index, as a manifest of OCI and as one of Docker; reference -> digest. */
export async function pushImages(images: readonly string[], host: string, push: Pusher, text: string): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const [index, image] of images.entries()) {
    const name = image.slice(host.length + 1);
    const colon = name.lastIndexOf(':');
    const [repository, tag] = [name.slice(0, colon), name.slice(colon + 1)] as const;
    const content = `${name} ${text}`;
    const digest =
      index % 3 === 0
        ? await push.index(repository, tag, content, ['linux/amd64', 'linux/arm64'])
        : (await push.image(repository, tag, content, { type: index % 3 === 1 ? 'oci' : 'docker' })).digest;
    digests.set(image, digest);
  }
  return digests;
}

export function lockedImages(directory: string): Record<string, string> {
  return (parse(readFileSync(join(directory, 'agents/openclaw.lock.yaml'), 'utf8')) as { images: Record<string, string> }).images;
}
