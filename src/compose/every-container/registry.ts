import { imageFromRegistry } from '../../kube/registry-override.ts';
import type { Container } from '../../kube/types.ts';

export function withRegistry(container: Container, registry: string): Container {
  return registry === '' || container.image === undefined
    ? container
    : { ...container, image: imageFromRegistry(container.image, registry) };
}
