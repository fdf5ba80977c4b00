/**
 * The agent of the production guide under Flux: pushed, applied, applied again without a write, put back where people change it,
 * rolled by a commit, unmoved by a quiet and by a broken one, and taken away but for its volume and its token.
 */
import type { ApiClient } from '../../cluster/api-client.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { AGENT_FILE, AGENT_INPUT, AGENT_WITHOUT_FEATURES, agentObjects, edited, fillSecret, objectOf, tokenOf } from '../agent.ts';
import { changeByHand, PUT_BACK, STAYS } from '../by-hand.ts';
import { kustomizationExample, type Flux } from '../flux.ts';
import { ready, reconciled } from '../kustomization.ts';
import { gone, leaving } from '../leaving.ts';
import { changed, live, moved, nameOf } from '../live.ts';
import { applied } from '../stage.ts';

export const FLUX_AGENTS = 'flux-agents';
const INPUT = inNamespace(AGENT_INPUT);
const OTHER_MODEL = edited(INPUT, 'claude-sonnet-4-20250514', 'claude-opus-4-20250514');

export async function checkFluxAgent(client: ApiClient, flux: Flux): Promise<CheckResult> {
  const failures: string[] = [];
  const rows: string[][] = [];
  const kustomization = kustomizationExample(`./${FLUX_AGENTS}/production-agent`);
  const objects = agentObjects(INPUT);

  await applied(client, kustomization);
  const revision = await pushed(INPUT);
  const first = await ready(client, kustomization, revision);
  const inventory = (first.status?.inventory?.entries ?? []).length;
  if (inventory !== objects.length) failures.push(`applies ${inventory} objects of ${objects.length}`);
  failures.push(...(await fillSecret(client, objects)));
  const token = await tokenOf(client, objects);
  rows.push(['pushed', `${inventory} objects, Ready`]);

  // The first update of a claim writes the phase that its creation left empty.
  await reconciled(client, kustomization, 'first');
  const before = await live(client, objects);
  await reconciled(client, kustomization, 'second');
  expectNoWrite('a second reconciliation', moved(before, await live(client, objects)));
  rows.push(['reconciled again', 'nothing written']);

  await changeByHand(client, objects, [...PUT_BACK, ...STAYS]);
  for (const kind of ['NetworkPolicy', 'Service']) await client.remove(objectOf(objects, kind, 'production-agent'));
  await reconciled(client, kustomization, 'changed by hand');
  const differing = changed(before, await live(client, objects));
  if (differing.length > 0) failures.push(`changed by hand and not put back: ${differing.join(', ')}`);
  rows.push([`${PUT_BACK.length + STAYS.length} changes with kubectl, 2 deletions`, 'put back']);

  const healed = await live(client, objects);
  const rolled = await pushed(OTHER_MODEL);
  await ready(client, kustomization, rolled);
  const after = await live(client, objects);
  const written = moved(healed, after).toSorted().join(', ');
  if (written !== 'ConfigMap/production-agent-config, StatefulSet/production-agent') failures.push(`another model writes ${written}`);
  rows.push(['another model', written]);

  const quiet = await pushed(`# For the on-call team.\n${OTHER_MODEL}`);
  if (quiet !== rolled) failures.push(`a comment makes another artifact: ${quiet}`);
  const broken = await flux.push({ [AGENT_FILE]: edited(OTHER_MODEL, '  runtimeDeps:\n', '  apiKeyy: x\n  runtimeDeps:\n') });
  if (broken.code !== 1 || !/my-agent\.yaml:\d+:3: error: "apiKeyy"/.test(broken.err))
    failures.push(`a broken file: ${broken.code} ${broken.err}`);
  if ((await flux.fetch()) !== rolled) failures.push('a broken file makes another artifact');
  await reconciled(client, kustomization, 'quiet');
  expectNoWrite('a comment and a broken file', moved(after, await live(client, objects)));
  rows.push(['a comment, and a broken file', 'the same artifact, nothing written']);

  await removal('volume and metrics', leaving(objects, agentObjects(inNamespace(AGENT_WITHOUT_FEATURES))), async () => {
    await ready(client, kustomization, await pushed(inNamespace(AGENT_WITHOUT_FEATURES)));
  });
  await removal('the Kustomization', leaving(objects, []), async () => {
    await client.remove(kustomization);
    await gone(client, [kustomization]);
  });
  if ((await tokenOf(client, objects)) !== token || token === '') failures.push('the token is another or gone');
  return { summary: `${rows.length} steps`, rows, failures };

  async function pushed(text: string): Promise<string> {
    const { code, err } = await flux.push({ [AGENT_FILE]: text });
    if (code !== 0) throw new Error(`push ends with ${code}: ${err}`);
    return await flux.fetch();
  }

  async function removal(what: string, { going, kept }: ReturnType<typeof leaving>, remove: () => Promise<void>): Promise<void> {
    const there = await live(client, kept);
    await remove();
    await gone(client, going);
    expectNoWrite(`${what}: what is kept`, moved(there, await live(client, kept)));
    if (kept.length === 0 || going.length === 0) failures.push(`${what}: control: ${going.length} go and ${kept.length} stay`);
    rows.push([`without ${what}`, `${going.length} gone, kept: ${kept.map(nameOf).join(', ')}`]);
  }

  function expectNoWrite(what: string, writes: readonly string[]): void {
    if (writes.length > 0) failures.push(`${what}: ${writes.join(', ')} written`);
  }
}

function inNamespace(text: string): string {
  return edited(text, 'namespace: openclaw', `namespace: ${FLUX_AGENTS}`);
}
