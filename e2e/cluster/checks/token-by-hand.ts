/** What becomes of a token that somebody puts into the rendered Secret, compared with `docs/drift.md`; what our Job puts there stays. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '../../../src/kube/types.ts';
import type { ApiClient } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { driftEngines } from '../drift-engines.ts';
import { withKubectl } from '../kubectl.ts';
import type { Kubectl } from '../kubectl.ts';
import { manifestOf, only } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/drift.md');
const SECTION = '## A token put in by hand';
const NAMESPACE = 'token-by-hand';
const VALUE = 'dG9rZW4=';
const PATCH = { data: { token: VALUE } };

type Fill = (client: ApiClient, kubectl: Kubectl, filled: Manifest) => Promise<void>;

const FILLS: Readonly<Record<string, Fill>> = {
  'the rendered Job': async (client, _, { object, text }) => {
    const { message, status } = await client.apply(object, { fieldManager: 'openclaw-gitops-secrets', text });
    if (status !== 200) throw new Error(`${status} ${message}`);
  },
  '`kubectl apply`': async (_, kubectl, filled) => await applied(kubectl, ['apply'], filled),
  '`kubectl apply --server-side`': async (_, kubectl, filled) =>
    await applied(kubectl, ['apply', '--server-side', '--force-conflicts'], filled),
  '`kubectl patch`': async (client, _, { object }) => {
    const path = `${await client.path(object)}?fieldManager=kubectl-patch`;
    const { message, status } = await client.send('PATCH', path, PATCH, 'application/merge-patch+json');
    if (status !== 200) throw new Error(`${status} ${message}`);
  },
};

export async function checkTokenByHand(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const document = await readFile(DOCUMENT, 'utf8');
  const documented = rowsOf(document);
  const measured: string[] = [];
  await withNamespaces(client, [NAMESPACE], async () => {
    await withKubectl(client.connection, async (kubectl) => {
      // The last differs from Flux by who makes the change, which is a row here.
      const { fluxAfterKubectl: _, ...engines } = driftEngines(cluster, kubectl);
      for (const [row, [how, fill]] of Object.entries(FILLS).entries()) {
        const cells: string[] = [];
        for (const [column, engine] of Object.values(engines).entries()) {
          const shell = only(renderedManifests({ name: `bot-${row}-${column}`, namespace: NAMESPACE, spec: {} }), 'Secret');
          await engine.apply([shell]);
          await fill(client, kubectl, manifestOf({ ...shell.object, ...PATCH }));
          if ((await tokenOf(client, shell)) !== VALUE) throw new Error(`${how} puts no token into the Secret`);
          await engine.apply([shell]);
          cells.push((await tokenOf(client, shell)) === VALUE ? 'stays' : 'lost');
        }
        measured.push(`| ${how} | ${cells.join(' | ')} |`);
      }
    });
  });
  const failures = [
    ...measured.filter((row) => !documented.includes(row)).map((row) => `measured, not documented: ${row}`),
    ...documented.filter((row) => !measured.includes(row)).map((row) => `documented, not measured: ${row}`),
  ];
  return { summary: `${measured.length} ways to fill a Secret`, rows: measured.map((row) => [row]), failures };
}

async function applied(kubectl: Kubectl, command: readonly string[], manifest: Manifest): Promise<void> {
  const { errors, status } = await kubectl(command, [manifest]);
  if (status !== 0) throw new Error(errors.join('\n'));
}

async function tokenOf(client: ApiClient, { object }: Manifest): Promise<string | undefined> {
  const { body, message, status } = await client.get(object);
  if (status !== 200) throw new Error(`Secret ${object.metadata.name}: ${status} ${message}`);
  return (body as Secret).data?.['token'];
}

/** The rows of the section's table below its head. */
function rowsOf(document: string): readonly string[] {
  const [, section = ''] = document.split(`\n${SECTION}\n`);
  return section
    .split('\n## ', 1)[0]!
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
}
