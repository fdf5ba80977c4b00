import { brokenByKustomize } from '../../src/kube/kustomize-text.ts';
import type { ApiObject } from './api-client.ts';
import { argocdVerdicts } from './argocd-verdicts.ts';
import type { Cluster } from './cluster.ts';
import { manifestOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { isRefusedText, REFUSAL } from './refused-text.ts';

/** Edges of what is refused, what is changed, and neighbours that are kept. */
const CODES = [0x7e, 0x7f, 0x80, 0x84, 0x85, 0x86, 0x9f, 0xa0, 0x20_28, 0x20_29, 0xfe_ff, 0xff_fd, 0xff_fe, 0xff_ff, 0x1_f6_00];

/** Objects that only client-side apply takes are refused server-side, aloud. */
export async function refusalFailures(cluster: Cluster, manifests: readonly Manifest[]): Promise<readonly string[]> {
  const failures = manifests.length === 0 ? ['no golden case has a character that server-side apply refuses'] : [];
  for (const { error, object, step } of await argocdVerdicts(cluster, 'apply', manifests)) {
    const isRefused = error?.includes(REFUSAL) ?? false;
    if (isRefused === step.startsWith('client-side')) failures.push(`${object}: ${step}: ${error ?? 'taken'}`);
  }
  return failures;
}

/** Whatever Argo CD does not hand on as it is, our rule `control-character` warns of. */
export async function characterFailures(cluster: Cluster, namespace: string): Promise<readonly string[]> {
  const failures: string[] = [];
  const texts = new Map(CODES.map((code) => [`u-${code.toString(16)}`, `a${String.fromCodePoint(code)}b`]));
  const manifests = [...texts].map(([name, text]) => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { text } };
    return manifestOf(object);
  });
  const verdicts = await argocdVerdicts(cluster, 'apply', manifests);
  for (const { object } of manifests) {
    const { name } = object.metadata;
    const text = texts.get(name) ?? '';
    const own = verdicts.filter((verdict) => verdict.object.endsWith(`/${name}`));
    const refused = own.some(({ error }) => error?.includes(REFUSAL));
    if (refused !== isRefusedText(text)) failures.push(`${name} is ${refused ? 'refused' : 'taken'}`);
    const stored = (await cluster.client.get(object)).body as ApiObject & { readonly data?: { readonly text?: string } };
    // What client-side apply has stored before a refusal tells nothing.
    const kept = !refused && stored.data?.text === text;
    if (!kept && brokenByKustomize(text) === null) failures.push(`${name} is not kept, and no rule warns of it`);
    if (kept && own.some(({ error, modified }) => error !== undefined || modified)) failures.push(`${name} differs`);
  }
  return failures;
}
