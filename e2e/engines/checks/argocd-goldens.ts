/** Golden cases as Applications: each is Synced with exactly what we render, and stays so without another write. */
import { withNamespaces } from '../../cluster/namespace.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { abandoned, directoryExample, refreshed, summary, synced, type Application } from '../application.ts';
import { goldenInput } from '../golden-input.ts';
import { live, moved, nameOf } from '../live.ts';
import { applied, renderedObjects, type Stage } from '../stage.ts';

/** Between them they render every kind that an agent has, and text that engines read in their own ways. */
export const ARGOCD_GOLDENS = [
  'minimal',
  'auto-scaling',
  'existing-secret',
  'http-route',
  'ingress-traefik',
  'metrics-namespaces',
  'pack-binary-file',
  'prometheus-rule',
  'sample-full',
  'tailscale-options',
  'user-containers',
  'web-terminal',
  'yaml-1.1',
];

/** Where a case is. */
export function goldenNamespace(name: string): string {
  return `golden-${name.replaceAll('.', '-')}`;
}

export async function checkArgoCdGoldens({ client, repository }: Stage): Promise<CheckResult> {
  const failures: string[] = [];
  const rows = [['case', 'objects', 'status', 'after two refreshes']];
  const inputs = ARGOCD_GOLDENS.map((name) => ({ name, files: goldenInput(name, goldenNamespace(name)) }));
  const everything = inputs.flatMap(({ files, name }) => Object.entries(files).map(([path, bytes]) => [`goldens/${name}/${path}`, bytes]));
  const revision = repository.commit(Object.fromEntries(everything) as Readonly<Record<string, Uint8Array>>);
  await withNamespaces(client, ARGOCD_GOLDENS.map(goldenNamespace), async () => {
    const applications = new Map<string, Application>();
    for (const name of ARGOCD_GOLDENS) {
      const application = directoryExample(repository.url, goldenNamespace(name), `goldens/${name}`, goldenNamespace(name));
      await applied(client, application);
      applications.set(name, application);
    }
    for (const { files, name } of inputs) {
      const application = applications.get(name);
      if (!application) continue;
      try {
        const first = await synced(client, application, revision);
        const objects = renderedObjects(files);
        const managed = (first.status?.resources ?? []).map(({ kind, name: object }) => `${kind}/${object}`).toSorted();
        const wanted = objects.map(nameOf).toSorted();
        if (managed.join() !== wanted.join()) failures.push(`${name}: manages ${managed.join(', ')}; rendered are ${wanted.join(', ')}`);
        const before = await live(client, objects);
        await refreshed(client, application, 'normal');
        const last = await refreshed(client, application, 'hard');
        const writes = moved(before, await live(client, objects));
        const isQuiet = writes.length === 0 && last.status?.operationState?.startedAt === first.status?.operationState?.startedAt;
        rows.push([name, String(objects.length), first.status?.sync?.status ?? '', isQuiet ? 'unchanged' : 'CHANGED']);
        if (!isQuiet) failures.push(`${name}: written after the sync: ${writes.join(', ')}; ${summary(last)}`);
        if (last.status?.sync?.status !== 'Synced') failures.push(`${name}: ${summary(last)}`);
        for (const { message, type } of last.status?.conditions ?? []) failures.push(`${name}: ${type}: ${message}`);
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      await abandoned(client, application);
    }
  });
  return { summary: `${rows.length - 1} of ${ARGOCD_GOLDENS.length} cases`, rows, failures };
}
