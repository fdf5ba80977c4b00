import type { Container } from '../../kube/types.ts';

/** `container` with the digest that the lock has for its image; the tag stays readable beside it. An image with a digest of its own keeps that. */
export function withLockedImage(container: Container, imageDigests: ReadonlyMap<string, string>): Container {
  const { image = '' } = container;
  const digest = imageDigests.get(image);
  return digest === undefined || image.includes('@') ? container : { ...container, image: `${image}@${digest}` };
}
