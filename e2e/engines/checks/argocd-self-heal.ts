/** What people change and delete by hand is put back, as docs/drift.md says, and the token in the generated Secret stays. */
import type { CheckResult } from '../../cluster/report.ts';
import { agentObjects, objectOf, tokenOf } from '../agent.ts';
import { agentExample, read, refreshed, summary } from '../application.ts';
import { changeByHand, PUT_BACK, STAYS } from '../by-hand.ts';
import { eventually } from '../../cluster/eventually.ts';
import { changed, live, nameOf } from '../live.ts';
import type { Stage } from '../stage.ts';

/** The second and later times Argo CD waits, longer each time. */
const HEALED_SECONDS = 120;

export async function checkArgoCdSelfHeal({ client, repository }: Stage): Promise<CheckResult> {
  const application = agentExample(repository.url);
  const objects = agentObjects();
  const failures: string[] = [];
  const rows: string[][] = [];
  const before = await live(client, objects);
  const token = await tokenOf(client, objects);

  const start = performance.now();
  await changeByHand(client, objects, PUT_BACK);
  await healed('the changes by hand');
  rows.push([`${PUT_BACK.length} changes by hand`, `put back after ${((performance.now() - start) / 1000).toFixed(1)} s`]);

  const deleted = [objectOf(objects, 'NetworkPolicy', 'production-agent'), objectOf(objects, 'Service', 'production-agent')];
  for (const object of deleted) await client.remove(object);
  await client.send(
    'PATCH',
    await client.path(objectOf(objects, 'Secret', '-gateway-token')),
    { metadata: { labels: { 'app.kubernetes.io/name': 'stranger' } } },
    'application/merge-patch+json',
  );
  await healed('what was deleted, and the label of the Secret');
  rows.push([deleted.map(nameOf).join(', '), 'deleted, and back']);
  if ((await tokenOf(client, objects)) !== token || token === '') failures.push('the token is another or gone');

  await changeByHand(client, objects, STAYS);
  const last = await refreshed(client, application, 'hard');
  const added = changed(before, await live(client, objects));
  if (last.status?.sync?.status !== 'Synced') failures.push(`what belongs to others makes it ${summary(last)}`);
  if (added.length !== STAYS.length) failures.push(`control: additions of others are not there, but ${added.join(', ')}`);
  rows.push([STAYS.join(', '), 'Synced, and stays']);
  return { summary: `${PUT_BACK.length} changes and ${deleted.length} deletions`, rows, failures };

  async function healed(what: string): Promise<void> {
    await eventually(`${what} put back`, HEALED_SECONDS, async () => {
      const found = await Promise.all(objects.map((object) => client.get(object)));
      const gone = objects.filter((_, index) => found[index]?.status !== 200).map(nameOf);
      const differing = gone.length > 0 ? gone : changed(before, await live(client, objects));
      return differing.length === 0
        ? { value: true }
        : { seen: `${differing.join(', ')} still differ; ${summary(await read(client, application))}` };
    });
  }
}
