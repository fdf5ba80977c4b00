/** The example without plugin and branch: what our program pushed into a real registry, fetched by the real repo-server. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ApiObject } from '../../cluster/api-client.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { openclawGitops, type Ran } from '../../registries/program.ts';
import { AGENT_FILE, AGENT_INPUT, agentObjects, edited } from '../agent.ts';
import { abandoned, refreshed, summary, synced, type Application } from '../application.ts';
import { ARGOCD_NAMESPACE } from '../argocd.ts';
import { live, moved, nameOf } from '../live.ts';
import { applied, type Stage } from '../stage.ts';

export const PUSHED_AGENTS = 'pushed-agents';
const EXAMPLE = join(import.meta.dirname, '../../../install/argocd/applications/pushed.yaml');
const INPUT = edited(AGENT_INPUT, 'namespace: openclaw', `namespace: ${PUSHED_AGENTS}`);
const OTHER_MODEL = edited(INPUT, 'claude-sonnet-4-20250514', 'claude-opus-4-20250514');

/** Where the registry has it. */
export function pushedRepository(host: string): string {
  return `oci://${host}/fleet/agents`;
}

export async function checkArgoCdPushed({ client }: Stage, host: string, directory: string): Promise<CheckResult> {
  const failures: string[] = [];
  const rows: string[][] = [];
  const url = pushedRepository(host);
  const objects = agentObjects(INPUT);
  const application = exampleFor(url);
  await applied(client, plainHttp(url));

  const revision = await pushed(INPUT);
  await applied(client, application);
  const first = await synced(client, application, revision);
  const managed = (first.status?.resources ?? []).map(({ kind, name }) => `${kind}/${name}`).toSorted();
  const wanted = objects.map(nameOf).toSorted();
  if (managed.join() !== wanted.join()) failures.push(`manages ${managed.join(', ')}; rendered are ${wanted.join(', ')}`);
  rows.push(['pushed', `${managed.length} objects, Synced`]);

  const before = await live(client, objects);
  const again = await pushed(`# For the on-call team.\n${INPUT}`);
  if (again !== revision) failures.push(`a comment makes another artifact: ${again}`);
  const last = await refreshed(client, application, 'hard');
  const writes = moved(before, await live(client, objects));
  if (writes.length > 0) failures.push(`a comment writes ${writes.join(', ')}`);
  if (last.status?.operationState?.startedAt !== first.status?.operationState?.startedAt) failures.push(`a comment: ${summary(last)}`);
  rows.push(['a comment', 'the same artifact, nothing written']);

  const rolled = await pushed(OTHER_MODEL);
  await refreshed(client, application, 'hard');
  await synced(client, application, rolled);
  const written = moved(before, await live(client, objects))
    .toSorted()
    .join(', ');
  if (written !== 'ConfigMap/production-agent-config, StatefulSet/production-agent') failures.push(`another model writes ${written}`);
  rows.push(['another model', written]);
  await abandoned(client, application);
  return { summary: `${rows.length} pushes`, rows, failures };

  /** As a pipeline does after a merge; the digest comes back, which is the revision. */
  async function pushed(text: string): Promise<string> {
    const checkout = mkdtempSync(join(directory, 'checkout-'));
    mkdirSync(join(checkout, 'agents'));
    writeFileSync(join(checkout, 'agents', AGENT_FILE), text);
    const { code, err, out }: Ran = await openclawGitops(checkout, ['push', `${url}:main`, 'agents/', '--output', 'json']);
    if (code !== 0) throw new Error(`push ends with ${code}: ${err}`);
    return (JSON.parse(out) as { readonly digest: string }).digest;
  }
}

/** By HTTP, since this registry has no certificate: with one the example is all. */
function plainHttp(url: string): ApiObject {
  const labels = { 'argocd.argoproj.io/secret-type': 'repository' };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'registry', namespace: ARGOCD_NAMESPACE, labels },
    stringData: { type: 'oci', url, insecureOCIForceHttp: 'true' },
  };
  return secret;
}

/** With another address, another agent, and the name and the namespace that this takes. */
function exampleFor(repoURL: string): ApiObject {
  const example = parse(readFileSync(EXAMPLE, 'utf8')) as Application;
  const { metadata, spec, ...rest } = example;
  const source = { ...spec.source, repoURL, path: `${PUSHED_AGENTS}/production-agent` };
  const destination = { ...spec.destination, namespace: PUSHED_AGENTS };
  return { ...rest, metadata: { ...metadata, name: 'pushed' }, spec: { ...spec, source, destination } } as Application;
}
