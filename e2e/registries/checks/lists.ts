/** Tags of a repository that has more than one page of them, and what is attached to an image. */
import assert from 'node:assert/strict';
import { registry } from '../../../src/adapters/oci-registry/registry.ts';
import { imageName } from '../../../src/kube/image-reference.ts';
import { inParallel } from '../../../src/lib/in-parallel.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { startFront } from '../front.ts';
import { pusher } from '../push.ts';

const TAGS = 1100;
const REPOSITORY = 'openclaw/many';
const SIGNATURE = 'application/vnd.example.signature';

export async function checkLists(host: string, directory: string): Promise<CheckResult> {
  const front = await startFront(host);
  const client = registry({ env: { DOCKER_CONFIG: directory }, home: directory });
  try {
    const image = imageName(`${front.host}/${REPOSITORY}:v0`);
    const push = pusher(host);
    const { digest, descriptor } = await push.image(REPOSITORY, 'v0', 'one for all');
    const manifest = JSON.parse(
      await (await fetch(`http://${host}/v2/${REPOSITORY}/manifests/v0`, accepting(descriptor))).text(),
    ) as Record<string, unknown>;
    const tags = Array.from({ length: TAGS }, (_, index) => `v${index}`);
    await inParallel(tags.slice(1), 16, (tag) => push.manifest(REPOSITORY, tag, manifest));
    assert.deepEqual(await client.tags(image), tags.toSorted());
    const requests = front.seen.filter(({ url }) => url.includes('/tags/list')).length;

    const attached = await push.image(REPOSITORY, '', 'a signature', {
      extra: { artifactType: SIGNATURE, subject: { mediaType: descriptor['mediaType'], digest, size: descriptor['size'] } },
    });
    const hasApi = (await fetch(`http://${host}/v2/${REPOSITORY}/referrers/${digest}`)).status === 200;
    // Without the API, who attaches something keeps the list under a tag.
    if (!hasApi) {
      const entry = { ...attached.descriptor, artifactType: SIGNATURE };
      const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [entry] };
      await push.manifest(REPOSITORY, digest.replace(':', '-'), index);
    }
    assert.deepEqual(
      (await client.referrers(image, digest, SIGNATURE)).map((one) => one.digest),
      [attached.digest],
    );
    assert.deepEqual(await client.referrers(image, digest, 'application/vnd.example.other'), []);
    assert.deepEqual(await client.referrers(image, attached.digest), []);
    return { summary: `${TAGS} tags in ${requests} requests; referrers by ${hasApi ? 'the API' : 'the tag'}`, rows: [], failures: [] };
  } finally {
    client.close();
    await front.stop();
  }
}

function accepting({ mediaType }: Readonly<Record<string, unknown>>): RequestInit {
  return { headers: { accept: String(mediaType) } };
}
