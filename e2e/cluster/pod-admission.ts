/** Asks the server, by dry run, whether it would admit a rendered pod where Pod Security `restricted` is enforced. */
import type { PodSpec, ObjectMeta } from '../../src/kube/types.ts';
import type { ApiClient, ApiObject } from './api-client.ts';

export interface Admission {
  /** The pod as admitted, with what admission added; null when it was denied. */
  readonly pod: (ApiObject & { readonly spec: PodSpec }) | null;
  /** What `restricted` finds wrong, each with the containers or volumes that it names; empty when admitted. */
  readonly faults: readonly string[];
}

interface PodTemplate {
  readonly metadata?: ObjectMeta;
  readonly spec: PodSpec;
}

/** The pod that a workload's controller would create, under a name that no controller uses; null for objects that run no pod. */
export function podOf(object: ApiObject): (ApiObject & { readonly spec: PodSpec }) | null {
  const template = podTemplate(object);
  if (!template) return null;
  const spec: PodSpec = { ...template.spec };
  const { spec: workload } = object as ApiObject & {
    readonly spec: { readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[] };
  };
  const claims = workload.volumeClaimTemplates ?? [];
  // The controller adds a volume for every claim template.
  spec.volumes = [
    ...(spec.volumes ?? []),
    ...claims.map((claim) => ({
      name: claim.metadata.name,
      persistentVolumeClaim: { claimName: `${claim.metadata.name}-${object.metadata.name}-0` },
    })),
  ];
  const metadata = { ...template.metadata, name: `${object.metadata.name}-e2e`, namespace: object.metadata.namespace ?? 'default' };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec };
}

function podTemplate(object: ApiObject): PodTemplate | null {
  const { spec } = object as ApiObject & {
    readonly spec?: { readonly template?: PodTemplate; readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } } };
  };
  if (object.kind === 'CronJob') return spec?.jobTemplate?.spec.template ?? null;
  if (object.kind === 'StatefulSet' || object.kind === 'Deployment' || object.kind === 'DaemonSet' || object.kind === 'Job')
    return spec?.template ?? null;
  return null;
}

/** Any other refusal than one by Pod Security throws: it would say nothing about hardening. */
export async function admitPod(client: ApiClient, pod: ApiObject): Promise<Admission> {
  const { body, message, status } = await client.create(pod, { dryRun: true });
  if (status === 201) return { pod: body as ApiObject & { spec: PodSpec }, faults: [] };
  const found = / violates PodSecurity "restricted:[^"]+": (.*)$/s.exec(message)?.[1];
  if (status !== 403 || found === undefined) throw new Error(`Pod ${pod.metadata.name}: ${status} ${message}`);
  return { pod: null, faults: faultsOf(found, namesIn(pod)) };
}

/** `fault (container "a" must …), fault (…)` becomes `fault [a]`, `fault`. */
function faultsOf(text: string, names: ReadonlySet<string>): readonly string[] {
  const faults: string[] = [];
  for (const [, fault = '', detail = ''] of text.matchAll(/(?:, )?([^(]+) \(([^)]*)\)/g)) {
    const named = [...detail.matchAll(/"([^"]+)"/g)].flatMap(([, name = '']) => (names.has(name) ? [name] : []));
    faults.push(named.length === 0 ? fault : `${fault} [${named.join(' ')}]`);
  }
  return faults;
}

function namesIn(pod: ApiObject): ReadonlySet<string> {
  const { spec } = pod as ApiObject & { readonly spec: PodSpec };
  return new Set([...spec.containers, ...(spec.initContainers ?? []), ...(spec.volumes ?? [])].map((item) => item.name));
}
