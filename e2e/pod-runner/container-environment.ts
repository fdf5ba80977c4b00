import type { Container, EnvVar } from '../../src/kube/types.ts';
import { contentOf, type ClusterObjects } from './cluster-objects.ts';
import type { ContainerIdentity } from './container-identity.ts';
import type { ContainerImage } from './container-image.ts';

/** Values of the downward API by `fieldPath`. */
export type PodFields = Readonly<Record<string, string>>;

/** The whole environment of a container: the image's, the kubelet's, then the manifest's in its order with `$(NAME)` expanded. */
export function containerEnvironment(
  container: Container,
  image: ContainerImage,
  identity: ContainerIdentity,
  objects: ClusterObjects,
  fields: PodFields,
): Record<string, string> {
  const environment: Record<string, string> = {
    ...image.env,
    HOME: identity.uid === image.user.uid ? image.user.home : '/',
    HOSTNAME: fields['metadata.name'] ?? '',
    // Set in every pod, whatever enableServiceLinks says.
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
    KUBERNETES_SERVICE_PORT: '443',
  };
  for (const source of container.envFrom ?? []) {
    const [kind, reference] = source.secretRef ? (['Secret', source.secretRef] as const) : (['ConfigMap', source.configMapRef] as const);
    const object = objects.find(kind, reference?.name ?? '');
    if (object === undefined && !reference?.optional)
      throw new Error(`CreateContainerConfigError: ${kind} ${reference?.name ?? ''} is not in the manifests`);
    if (object) for (const [key, value] of contentOf(object)) environment[`${source.prefix ?? ''}${key}`] = value.toString();
  }
  for (const entry of container.env ?? []) {
    const value = valueOf(entry, objects, fields);
    if (value !== undefined) environment[entry.name] = expand(value, environment);
  }
  return environment;
}

function valueOf(entry: EnvVar, objects: ClusterObjects, fields: PodFields): string | undefined {
  const from = entry.valueFrom;
  if (!from) return entry.value ?? '';
  if (from.fieldRef) {
    const value = fields[from.fieldRef.fieldPath];
    if (value === undefined)
      throw new Error(`environment ${entry.name}: the pod runner does not know the field ${from.fieldRef.fieldPath}`);
    return value;
  }
  const kind = from.secretKeyRef ? 'Secret' : 'ConfigMap';
  const reference = from.secretKeyRef ?? from.configMapKeyRef;
  if (!reference) throw new Error(`environment ${entry.name}: the pod runner does not know ${Object.keys(from).join(', ')}`);
  const object = objects.find(kind, reference.name ?? '');
  const value = object && contentOf(object).get(reference.key);
  if (value === undefined && !reference.optional)
    throw new Error(`CreateContainerConfigError: ${kind} ${reference.name ?? ''} has no key ${reference.key}`);
  return value?.toString();
}

/** Kubernetes' own expansion: `$(NAME)` of a known variable; `$$` is a literal `$`; anything else stays. */
export function expand(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([A-Za-z_.-][A-Za-z0-9_.-]*)\)/g, (match, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? match),
  );
}
