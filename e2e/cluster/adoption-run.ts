/** One installation of the operator, adopted by the built command line as a user would do it, and looked at after each step. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prettyJson, type Json } from '../../src/lib/json.ts';
import type { ObjectMeta, StatefulSet } from '../../src/kube/types.ts';
import type { ApiObject } from './api-client.ts';
import { applyAll } from './apply-all.ts';
import type { Cluster } from './cluster.ts';
import { content } from './content.ts';
import { manifestsOfJsonLines, only, type Manifest } from './manifest.ts';
import { install, operatorDeployment, OPERATOR_MANAGER, type OperatorFixture } from './operator-fixture.ts';

export const PROGRAM = join(import.meta.dirname, '../../dist/openclaw-gitops.cjs');
/** The collector needs a moment; so long nothing may have gone. */
export const QUIET_MILLISECONDS = 3000;
const COLLECTED_SECONDS = 60;
const NOBODY = prettyJson([]);

interface Ran {
  readonly status: number | null;
  readonly text: string;
}

/** Everything that is tried with it; what is wrong is in `failures`. */
export class AdoptionRun {
  readonly cluster: Cluster;
  readonly directory: string;
  readonly fixture: OperatorFixture;
  readonly engine: string;
  readonly failures: string[] = [];
  stops = 0;

  constructor(cluster: Cluster, directory: string, fixture: OperatorFixture, engine: string) {
    this.cluster = cluster;
    this.directory = directory;
    this.fixture = fixture;
    this.engine = engine;
  }

  /** With stops and ways back in between where it is `isThorough`, and in any case all at once. */
  async all(isThorough: boolean): Promise<void> {
    await writeFile(join(this.directory, 'bot.yaml'), this.fixture.input);
    const manifests = await this.#rendered();
    const fresh = await this.#freshStatefulSet(manifests);
    await install(this.cluster, this.fixture);
    const before = await this.stored();
    if (isThorough) await this.#stepByStep(manifests, before, fresh);
    this.expect('all at once', await this.adopt('--apply', '--delete-instance', '--prune'), 0, /nothing is left to do/);
    await sleep(QUIET_MILLISECONDS);
    await this.#judge(
      new Map([...before].filter(([id]) => this.#isRendered.has(id) || /^(?:Secret|PersistentVolumeClaim)\//.test(id))),
      fresh,
    );
    this.expect('--check at the end', await this.adopt('--check', '--delete-instance', '--prune'), 0, /nothing is left to do/);
  }

  /** An engine that syncs before or after the adoption adds nothing that is reported, loses nothing, and does not bar the way back. */
  async withEngine(order: 'before' | 'after', sync: (manifests: readonly Manifest[]) => Promise<readonly string[]>): Promise<void> {
    const { cluster, fixture } = this;
    await writeFile(join(this.directory, 'bot.yaml'), fixture.input);
    const manifests = await this.#rendered();
    const fresh = await this.#freshStatefulSet(manifests);
    await install(cluster, fixture);
    if (order === 'before') {
      // The operator's containers and ours in one pod are nothing that a server takes: only an adoption makes room.
      const refusals = await sync(manifests);
      if (refusals.length !== 1 || !/^StatefulSet\/.*(?:: 422 |\(Invalid\)).*Duplicate value/.test(refusals[0]!))
        this.failures.push(`before the adoption, the sync is refused otherwise than for its StatefulSet: ${refusals.join('\n')}`);
    }
    const before = await this.stored();
    this.expect('--apply', await this.adopt('--apply'), 0, /nothing is left to do/);
    this.expect('--check after --apply', await this.adopt('--check'), 0, /nothing is left to do/);
    const adopted = await this.stored();
    this.failures.push(...(await sync(manifests)));
    const synced = await this.stored();
    for (const [id, { metadata }] of synced)
      if (metadata.generation !== adopted.get(id)?.metadata.generation) this.failures.push(`the sync changes the specification of ${id}`);
    this.expect('--check after the sync', await this.adopt('--check'), 0, /nothing is left to do/);
    await this.#judge(before, fresh);

    this.expect('--undo', await this.adopt('--undo', '--apply', '--prune'), 0, /done: put StatefulSet\//);
    this.same('after --undo', before, await this.stored(), false);
    if (order === 'before') return;
    this.expect('--apply once more', await this.adopt('--apply'), 0, /nothing is left to do/);
    this.failures.push(...(await sync(manifests)));
    this.expect('--check once more', await this.adopt('--check'), 0, /nothing is left to do/);

    // By hand and in the way that takes all it owns along, instead of by --delete-instance.
    const path = await cluster.client.path(fixture.instance);
    await cluster.client.send('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
    await cluster.client.send('DELETE', `${path}?propagationPolicy=Foreground`);
    for (let second = 0; second < COLLECTED_SECONDS && (await cluster.client.get(fixture.instance)).status !== 404; second += 1)
      await sleep(1000);
    if ((await cluster.client.get(fixture.instance)).status !== 404) this.failures.push('the instance is still there');
    await sleep(QUIET_MILLISECONDS);
    await this.#judge(before, fresh);
    this.expect('--check at the end', await this.adopt('--check', '--delete-instance'), 0, /nothing is left to do/);
  }

  async #stepByStep(manifests: readonly Manifest[], before: ReadonlyMap<string, ApiObject>, fresh: StatefulSet): Promise<void> {
    const { cluster, fixture } = this;
    this.expect('the plan', await this.adopt(), 0, /take the owner off PersistentVolumeClaim\/|take the owner off Secret\//);
    this.expect('--check before', await this.adopt('--check'), 1, /hand the operator's fields of StatefulSet\//);
    const operator = operatorDeployment();
    const { status, message } = await cluster.client.apply(operator, { fieldManager: 'e2e' });
    if (status !== 201) throw new Error(`the operator's Deployment: ${status} ${message}`);
    this.expect('beside the operator', await this.adopt('--apply'), 1, /refused: the operator runs \(Deployment\/openclaw-operator/);
    await cluster.client.remove(operator);
    this.same('after plans and a refusal', before, await this.stored(), true);

    // Taken back from the middle, and from the end.
    await this.adopt('--apply', 9);
    this.expect('--undo of a part', await this.adopt('--undo', '--apply', '--prune'), 0, /done: delete Secret\/.*-adoption/);
    this.same('after the undoing of a part', before, await this.stored(), false);
    for (const stop of [1, 3, 7, 12]) {
      await this.adopt('--apply', stop);
      this.stops += 1;
    }
    this.expect('--apply', await this.adopt('--apply'), 0, /nothing is left to do/);
    this.expect('--check after', await this.adopt('--check'), 0, /nothing is left to do/);
    await this.#judge(before, fresh);
    this.expect('--undo', await this.adopt('--undo', '--apply', '--prune'), 0, /done: put StatefulSet\//);
    this.same('after --undo', before, await this.stored(), false);
    this.expect('--apply once more', await this.adopt('--apply'), 0, /nothing is left to do/);

    // Nothing of the operator is left but its instance, which goes now.
    this.expect('--check of the deletion', await this.adopt('--check', '--delete-instance'), 1, /finalizer off OpenClawInstance\//);
    this.expect('--delete-instance', await this.adopt('--apply', '--delete-instance'), 0, /done: delete OpenClawInstance\//);
    if ((await cluster.client.get(fixture.instance)).status !== 404) this.failures.push('the instance is still there');
    await sleep(QUIET_MILLISECONDS);
    await this.#judge(before, fresh);
    // What was applied by the engine is the engine's: its own apply changes nothing any more.
    const manager = { argocd: 'argocd-controller', flux: 'kustomize-controller', kubectl: 'kubectl' }[this.engine]!;
    const stored = await this.stored();
    await applyAll(cluster, manifests, manager);
    this.same("after the engine's own apply", stored, await this.stored(), true);

    // Also from here there is a way back.
    this.expect('--undo of the deletion', await this.adopt('--undo', '--apply', '--prune'), 0, /done: create OpenClawInstance\//);
    await sleep(QUIET_MILLISECONDS);
    const { body } = await cluster.client.get(fixture.instance);
    for (const [id, { metadata }] of await this.stored()) {
      if (metadata.uid !== before.get(id)?.metadata.uid) this.failures.push(`after the undoing of the deletion, ${id} is another object`);
      if (metadata.ownerReferences?.[0]?.uid !== (body as ApiObject).metadata.uid)
        this.failures.push(`${id} is not below the instance that is there now`);
    }
  }

  async #judge(before: ReadonlyMap<string, ApiObject>, fresh: StatefulSet): Promise<void> {
    const after = await this.stored();
    for (const [id, object] of before) {
      const now = after.get(id);
      if (now?.metadata.uid !== object.metadata.uid) this.failures.push(`${id} is gone, or another object than before`);
      if ((now?.metadata.ownerReferences ?? []).length > 0) this.failures.push(`${id} still has an owner`);
      if (id.startsWith('Secret/') && dataOf(now) !== dataOf(object)) this.failures.push(`${id} has other data than before`);
    }
    const live = after.get(`StatefulSet/${this.fixture.name}`) as unknown as StatefulSet | undefined;
    const [found, wanted] = [live?.spec?.template, fresh.spec?.template].map((template) => prettyJson(template as unknown as Json));
    if (found !== wanted)
      this.failures.push(`the pod template is not the one that a new installation has:\n${firstDifference(found!, wanted!)}`);
    for (const [id, { metadata }] of after) {
      const isOperators = ({ manager, operation, subresource }: NonNullable<ObjectMeta['managedFields']>[number]): boolean =>
        manager === OPERATOR_MANAGER && operation === 'Update' && !subresource;
      if (this.#isRendered.has(id) && (metadata.managedFields ?? []).some(isOperators))
        this.failures.push(`fields of ${id} are still the operator's`);
    }
  }

  #isRendered = new Set<string>();

  async #rendered(): Promise<readonly Manifest[]> {
    const { stdout } = await this.#run(['render', 'bot.yaml', '--output', 'jsonl'], Number.POSITIVE_INFINITY);
    const manifests = manifestsOfJsonLines(stdout);
    this.#isRendered = new Set(manifests.map(({ id }) => id));
    return manifests;
  }

  /** What the engine makes where nothing was before; it is taken away again. */
  async #freshStatefulSet(manifests: readonly Manifest[]): Promise<StatefulSet> {
    const set = only(manifests, 'StatefulSet');
    const [stored] = await applyAll(this.cluster, [set], 'fresh', true);
    return stored as unknown as StatefulSet;
  }

  /** What there is of all that the operator made. */
  async stored(): Promise<ReadonlyMap<string, ApiObject>> {
    const found = new Map<string, ApiObject>();
    for (const object of this.fixture.objects) {
      const { body, status } = await this.cluster.client.get(object);
      if (status === 200) found.set(`${object.kind}/${object.metadata.name}`, body as ApiObject);
    }
    return found;
  }

  /** Notes as a failure what is not as before; who owns the fields counts for the operator's alone, unless it is exact. */
  same(when: string, before: ReadonlyMap<string, ApiObject>, after: ReadonlyMap<string, ApiObject>, isExact: boolean): void {
    for (const [id, object] of before) {
      const now = after.get(id);
      if (content(now) !== content(object))
        this.failures.push(`${when}, ${id} is not as before:\n${firstDifference(content(now), content(object))}`);
      // Controllers write statuses meanwhile; the operator's own fields have to be the same.
      const [ours, theirs] = [now, object].map((one) => managersOf(one, isExact));
      // Where Flux was told to take all of the operator's fields, what is put back is the operator's again.
      if (ours !== theirs && (isExact || theirs !== NOBODY))
        this.failures.push(`${when}, the fields of ${id} have other owners than before:\n${firstDifference(ours!, theirs!)}`);
    }
  }

  /** Notes as a failure what a run should not have said, or ended with. */
  expect(what: string, { status, text }: Ran, expected: number, pattern: RegExp): void {
    if (status !== expected || !pattern.test(text))
      this.failures.push(`${what}: exit code ${status}, expected ${expected} and ${pattern}:\n${text}`);
    // The oracle's tokens, as they are and in base64.
    if (/ORACLE-|T1JBQ0xF/.test(text)) this.failures.push(`${what} tells a secret`);
  }

  /** Runs the command with these flags, until it has done so many steps. */
  async adopt(...args: readonly (string | number)[]): Promise<Ran> {
    const stop = args.find((argument) => typeof argument === 'number') ?? Number.POSITIVE_INFINITY;
    const flags = args.filter((argument) => typeof argument === 'string');
    const { name, namespace } = this.fixture;
    const { status, stdout, stderr } = await this.#run(
      ['adopt', `${namespace}/${name}`, 'bot.yaml', '--engine', this.engine, ...flags],
      stop,
    );
    return { status, text: stdout + stderr };
  }

  /** Runs the command line, and kills it once it has done so many steps. */
  async #run(args: readonly string[], stop: number): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const env = { ...process.env, KUBECONFIG: join(this.directory, 'kubeconfig') };
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: this.directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.split('done: ').length > stop) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { status, stdout, stderr };
  }
}

function dataOf(object: ApiObject | undefined): string {
  return prettyJson((object as { data?: Json } | undefined)?.data ?? {});
}

/** Who owns which fields, without when; of the operator's alone unless everybody's count. */
function managersOf(object: ApiObject | undefined, isExact: boolean): string {
  const entries = (object?.metadata.managedFields ?? []).filter(
    ({ manager, subresource }) => !subresource && (isExact || manager === OPERATOR_MANAGER),
  );
  return prettyJson(entries.map((entry) => ({ ...entry, time: '' })) as unknown as Json);
}

function firstDifference(found: string, wanted: string): string {
  const [ours, theirs] = [found.split('\n'), wanted.split('\n')];
  const at = ours.findIndex((line, index) => line !== theirs[index]);
  const around = (lines: readonly string[]): string => lines.slice(Math.max(0, at - 3), at + 4).join('\n');
  return `${around(ours)}\nand not\n${around(theirs)}`;
}
