/** What commits do: one that changes the configuration starts the pod anew by one annotation, one that changes nothing writes nothing, and a broken one too. */
import { prettyJson, withSortedKeys, type Json, type JsonObject } from '../../../src/lib/json.ts';
import type { ApiClient, ApiObject } from '../../cluster/api-client.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { AGENT_FILE, AGENT_INPUT, agentObjects, edited, objectOf, tokenOf } from '../agent.ts';
import { agentExample, read, refreshed, summary, synced } from '../application.ts';
import { live, moved } from '../live.ts';
import type { Stage } from '../stage.ts';

const FILE = `agents/${AGENT_FILE}`;
const HASH = 'openclaw.rocks/config-hash';
/** Never in what anybody can read. */
const SECRET = 'sk-e2e-93c1f0a7';
const OTHER_MODEL = edited(AGENT_INPUT, 'claude-sonnet-4-20250514', 'claude-opus-4-20250514');

/** Each with the place that its user has to be told. */
const BROKEN: readonly { readonly says: string; readonly text: string; readonly place: RegExp }[] = [
  {
    says: 'a field that is none',
    text: edited(OTHER_MODEL, '  runtimeDeps:\n', `  apiKeyy: ${SECRET}\n  runtimeDeps:\n`),
    place: placeOf('  apiKeyy:', 3),
  },
  {
    says: 'no YAML',
    text: edited(OTHER_MODEL, '  runtimeDeps:\n', `  gateway: "${SECRET}\n  runtimeDeps:\n`),
    place: /my-agent\.yaml:\d+:\d+: error:/,
  },
];

export async function checkArgoCdCommits({ client, repository }: Stage): Promise<CheckResult> {
  const application = agentExample(repository.url);
  const objects = agentObjects();
  const failures: string[] = [];
  const rows: string[][] = [];
  const token = await tokenOf(client, objects);
  const statefulSet = objectOf(objects, 'StatefulSet');

  const before = await live(client, objects);
  const template = await templateOf(client, statefulSet);
  const changing = await commit(OTHER_MODEL);
  const after = await live(client, objects);
  const written = moved(before, after).toSorted();
  const wanted = [`ConfigMap/${objectOf(objects, 'ConfigMap', '-config').metadata.name}`, `StatefulSet/${statefulSet.metadata.name}`];
  if (written.join() !== wanted.join()) failures.push(`another model writes ${written.join(', ')}; expected are ${wanted.join(', ')}`);
  const now = await templateOf(client, statefulSet);
  const hash = annotation(now);
  if (hash === annotation(template)) failures.push('another model leaves the hash of the configuration as it was');
  if (textOf(withHash(template, hash)) !== textOf(now)) failures.push('another model changes more of the pod template than the hash');
  rows.push(['another model', written.join(', '), `${annotation(template)} -> ${hash}`]);

  const quiet = await commit(`# For the on-call team.\n${OTHER_MODEL}`, { 'README.md': '# Agents\n' });
  expectSame('a comment and a README', quiet.status?.operationState?.startedAt, changing.status?.operationState?.startedAt);
  const still = moved(after, await live(client, objects));
  if (still.length > 0) failures.push(`a comment writes ${still.join(', ')}`);
  rows.push(['a comment and a README', 'nothing']);

  for (const { place, says, text } of BROKEN) {
    repository.commit({ [FILE]: text });
    const told = await refreshed(client, application, 'hard');
    const conditions = told.status?.conditions ?? [];
    const message = conditions.find(({ type }) => type === 'ComparisonError')?.message ?? '';
    if (!place.test(message)) failures.push(`${says}: expected ${String(place)} in a ComparisonError, found: ${summary(told)}`);
    if (JSON.stringify(told).includes(SECRET)) failures.push(`${says}: the Application shows what stands beside the fault`);
    expectSame(says, told.status?.operationState?.startedAt, changing.status?.operationState?.startedAt);
    const touched = moved(after, await live(client, objects));
    if (touched.length > 0) failures.push(`${says}: ${touched.join(', ')} written`);
    rows.push([says, 'nothing', message.slice(message.indexOf(AGENT_FILE)).split('\n')[0] ?? '']);
  }

  const mended = await commit(OTHER_MODEL);
  for (const { message, type } of mended.status?.conditions ?? []) failures.push(`mended, but ${type}: ${message}`);
  const afterAll = moved(after, await live(client, objects));
  if (afterAll.length > 0) failures.push(`the commit that mends it writes ${afterAll.join(', ')}`);
  rows.push(['mended', 'nothing']);
  if ((await tokenOf(client, objects)) !== token || token === '') failures.push('the token is another or gone');
  return { summary: `${rows.length} commits`, rows: [['commit', 'writes'], ...rows], failures };

  async function commit(text: string, more: Readonly<Record<string, string>> = {}) {
    const revision = repository.commit({ [FILE]: text, ...more });
    await refreshed(client, await read(client, application), 'normal');
    return await synced(client, application, revision);
  }

  function expectSame(what: string, found: string | undefined, expected: string | undefined): void {
    if (found !== expected) failures.push(`${what}: a sync was started`);
  }
}

function placeOf(line: string, column: number): RegExp {
  const lines = edited(OTHER_MODEL, '  runtimeDeps:\n', `${line}\n  runtimeDeps:\n`).split('\n');
  return new RegExp(`my-agent\\.yaml:${lines.indexOf(line) + 1}:${column}: error: `);
}

async function templateOf(client: ApiClient, statefulSet: ApiObject): Promise<Template> {
  const [found] = await live(client, [statefulSet]);
  return (found as unknown as { readonly spec: { readonly template: Template } }).spec.template;
}

interface Template {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: JsonObject;
}

function annotation({ metadata }: Template): string {
  return metadata.annotations[HASH] ?? '';
}

function withHash({ metadata, ...rest }: Template, hash: string): Template {
  return { ...rest, metadata: { ...metadata, annotations: { ...metadata.annotations, [HASH]: hash } } };
}

function textOf(template: Template): string {
  return prettyJson(withSortedKeys(template as unknown as Json));
}
