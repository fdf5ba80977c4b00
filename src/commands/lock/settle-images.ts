import { registry } from '../../adapters/oci-registry/registry.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import { imageName, isImageReference } from '../../kube/image-reference.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import type { Question, Settled, Surroundings } from './section.ts';

/** Of all registries together; the client bounds what one of them gets. */
const AT_ONCE = 8;

/** Each reference and the digest that its registry has for it. */
export async function settleImages(questions: readonly Question[], surroundings: Surroundings): Promise<readonly Settled[]> {
  const { env, platforms, onSettled, onWait } = surroundings;
  const client = registry({ env, onWait });
  try {
    return await inParallel(questions, AT_ONCE, async ({ name, previous }) => {
      try {
        return { name, ...(await digestOf(name, previous)) };
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        return { name, entry: null, problem: `${error.service} ${error.message}` };
      } finally {
        onSettled();
      }
    });
  } finally {
    client.close();
  }

  async function digestOf(name: string, previous: Question['previous']): Promise<Omit<Settled, 'name'>> {
    if (!isImageReference(name)) return { entry: null, problem: 'it is not written as registries expect it' };
    const image = imageName(name);
    // What is locked has been looked at; HEAD is enough to see that it has not moved.
    if (platforms.length === 0 && previous !== undefined && (await client.statedDigest(image)) === previous)
      return { entry: previous, problem: null };
    const manifest = await client.manifest(image);
    if (platforms.length > 0) {
      const offered = await client.platforms(image, manifest);
      const lacking = platforms.filter((platform) => !offered.some((one) => one === platform || one.startsWith(`${platform}/`)));
      if (lacking.length > 0)
        return { entry: null, problem: `it does not run on ${lacking.join(', ')}; it runs on ${offered.join(', ') || 'no platform'}` };
    }
    return { entry: manifest.digest, problem: null };
  }
}
