/** The example of install/, word for word but its repository: applied, and its generated Secret filled by the Job that it renders. */
import type { CheckResult } from '../../cluster/report.ts';
import { AGENT_FILE, AGENT_INPUT, agentObjects, fillSecret } from '../agent.ts';
import { agentExample, healthy, refreshed, summary, synced } from '../application.ts';
import { changed, live, moved } from '../live.ts';
import { applied, type Stage } from '../stage.ts';

export async function checkArgoCdAgent({ client, repository }: Stage): Promise<CheckResult> {
  const failures: string[] = [];
  const application = agentExample(repository.url);
  const objects = agentObjects();
  const revision = repository.commit({ [`agents/${AGENT_FILE}`]: AGENT_INPUT });
  await applied(client, application);
  const first = await synced(client, application, revision);

  const empty = await live(client, objects);
  failures.push(...(await fillSecret(client, objects)));
  const filled = await live(client, objects);
  const written = changed(empty, filled);
  if (written.length === 0 || written.some((name) => !name.startsWith('Secret/'))) failures.push(`the Job writes ${written.join(', ')}`);

  await healthy(client, application);
  await refreshed(client, application, 'normal');
  const last = await refreshed(client, application, 'hard');
  const writes = moved(filled, await live(client, objects));
  if (writes.length > 0) failures.push(`written after two refreshes: ${writes.join(', ')}`);
  if (last.status?.sync?.status !== 'Synced' || last.status.operationState?.startedAt !== first.status?.operationState?.startedAt)
    failures.push(`two refreshes later: ${summary(last)}`);
  for (const { message, type } of last.status?.conditions ?? []) failures.push(`${type}: ${message}`);
  return { summary: `${objects.length} objects, ${written.join(', ')} filled, Healthy, two refreshes without a write`, rows: [], failures };
}
