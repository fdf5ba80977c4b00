/** What leaves Git leaves the cluster, but for volumes and generated Secrets: a feature, an agent, and with the Application all of it. */
import type { ApiObject } from '../../cluster/api-client.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { AGENT_FILE, AGENT_WITHOUT_FEATURES, agentObjects, fillSecret, tokenOf } from '../agent.ts';
import { agentExample, directoryExample, refreshed, summary, synced, type Application } from '../application.ts';
import { FLEET_NAMESPACE, fleetObjects, LEAVING, STAYING, stayingObjects } from '../fleet.ts';
import { gone, leaving } from '../leaving.ts';
import { live, moved, nameOf } from '../live.ts';
import { applied, type Stage } from '../stage.ts';

const DIRECTORY = 'fleet';

export async function checkArgoCdRemoval({ client, repository }: Stage): Promise<CheckResult> {
  const failures: string[] = [];
  const rows = [['leaves', 'gone', 'kept as they are']];
  const agent = agentExample(repository.url);
  const token = await tokenOf(client, agentObjects());
  await removal('volume and metrics', agent, leaving(agentObjects(), agentObjects(AGENT_WITHOUT_FEATURES)), async () => {
    await committed(agent, { [`agents/${AGENT_FILE}`]: AGENT_WITHOUT_FEATURES });
  });
  if ((await tokenOf(client, agentObjects())) !== token || token === '') failures.push('the token is another or gone');

  const fleet = directoryExample(repository.url, 'fleet', DIRECTORY, FLEET_NAMESPACE);
  const revision = repository.commit(inDirectory({ ...STAYING, ...LEAVING }));
  await applied(client, fleet);
  await synced(client, fleet, revision);
  const leavers = fleetObjects.filter((object) => !stayingObjects.map(nameOf).includes(nameOf(object)));
  for (const objects of [stayingObjects, leavers]) failures.push(...(await fillSecret(client, objects)));
  const [staying, left] = [await tokenOf(client, stayingObjects), await tokenOf(client, leavers)];
  await removal('one agent of two', fleet, leaving(fleetObjects, stayingObjects), async () => {
    await committed(fleet, inDirectory({ 'agents/agent-b.yaml': null }));
  });
  await committed(fleet, inDirectory(LEAVING));
  if ((await tokenOf(client, leavers)) !== left || left === '') failures.push('an agent that comes back finds another token');
  if ((await tokenOf(client, stayingObjects)) !== staying) failures.push('the other agent has another token');

  await removal('the Application', null, leaving(fleetObjects, []), async () => {
    await client.remove(fleet);
    await gone(client, [fleet]);
  });
  if ((await tokenOf(client, leavers)) !== left) failures.push('the token went with the Application');
  return { summary: `${rows.length - 1} removals`, rows, failures };

  async function removal(
    what: string,
    application: Application | null,
    { going, kept }: ReturnType<typeof leaving>,
    remove: () => Promise<void>,
  ): Promise<void> {
    const before = await live(client, kept);
    await remove();
    await gone(client, going);
    const writes = moved(before, await live(client, kept));
    if (writes.length > 0) failures.push(`${what}: kept, but written: ${writes.join(', ')}`);
    if (kept.length === 0 || going.length === 0) failures.push(`${what}: control: ${going.length} go and ${kept.length} stay`);
    rows.push([what, `${going.length} objects`, kept.map(nameOf).join(', ')]);
    if (application === null) return;
    // What is kept is not in Git: neither a difference nor a reason to try again and again.
    const first = await refreshed(client, application, 'normal');
    const last = await refreshed(client, application, 'hard');
    if (last.status?.sync?.status !== 'Synced' || last.status.operationState?.startedAt !== first.status?.operationState?.startedAt)
      failures.push(`${what}: ${summary(last)}`);
  }

  async function committed(application: ApiObject, files: Parameters<typeof repository.commit>[0]): Promise<void> {
    const revision = repository.commit(files);
    await refreshed(client, application, 'normal');
    await synced(client, application, revision);
  }
}

function inDirectory<Content>(files: Readonly<Record<string, Content>>): Readonly<Record<string, Content>> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${DIRECTORY}/${path}`, content]));
}
