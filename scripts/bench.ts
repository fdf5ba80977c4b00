/**
 * `npm run bench`: speed and memory of the built program as ratios to `node -e 0` and to kustomize, all from the same run of the same
 * machine. Says of each target whether it is met; whoever reads it judges, so that a busy machine fails nothing.
 * Processor time is what is compared: it is steady where the clock is not.
 *
 *     npm run bench [-- --rounds 5]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import type { render, toJsonLine } from '../src/index.ts';
import { toYaml } from '../src/output/yaml.ts';
import { caseInput, goldenCases, type GoldenCase } from '../test/golden/golden-case.ts';
import { outcomeOf } from '../test/golden/outcome.ts';
import { median, medianTimes, peakMegabytes, type Program, type Times } from '../test/bench/measure.ts';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');
const LIBRARY = join(ROOT, 'dist/index.mjs');

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const node = (...args: string[]): Program => ({ command: process.execPath, args });
const directory = mkdtempSync(join(tmpdir(), 'bench-'));

/** How often the short programs run in a turn. */
const RUNS = 10;

/** The operator's builders as one Go program took this long for a minimal instance, where `node -e 0` took 85 ms. */
const PEER_PER_START = 0.51 / 85;

function isThere(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function show(title: string, value: string): void {
  console.log(`${title.padEnd(52)} ${value}`);
}

function showTimes(title: string, { wall, processor }: Times): void {
  show(title, `${processor.toFixed(1).padStart(7)} ms of processor, ${wall.toFixed(1).padStart(7)} ms on the clock`);
}

function judge(target: string, measured: number, limit: number, unit: string): void {
  const digits = measured < 10 ? 2 : 0;
  console.log(
    `  ${measured <= limit ? 'ok    ' : 'not ok'} ${target}: ${measured.toFixed(digits)} ${unit}, at most ${limit.toFixed(limit < 10 ? 2 : 0)}`,
  );
}

/** The executable and everything it may load. */
function programBytes(): number {
  const files = readdirSync(join(ROOT, 'dist')).filter((name) => /\.[cm]js$/.test(name) && join(ROOT, 'dist', name) !== LIBRARY);
  return files.reduce((sum, name) => sum + statSync(join(ROOT, 'dist', name)).size, 0);
}

interface Rendered {
  readonly known: GoldenCase;
  readonly yaml: string;
}

async function renderedCases(): Promise<Rendered[]> {
  const rendered: Rendered[] = [];
  for (const known of goldenCases().filter(({ keepsManifests }) => keepsManifests)) {
    const { refused, yaml } = outcomeOf(await caseInput(known));
    if (!refused) rendered.push({ known, yaml });
  }
  return rendered;
}

function caseNamed(rendered: readonly Rendered[], name: string): Rendered {
  const found = rendered.find(({ known }) => known.name === name);
  if (found === undefined) throw new Error(`the golden case ${name} is not rendered`);
  return found;
}

/** One case beside an empty Node and kustomize; returns what the empty Node took. */
function cold({ known, yaml }: Rendered): Times {
  const output = join(directory, known.name);
  mkdirSync(output);
  writeFileSync(join(output, 'all.yaml'), yaml);
  writeFileSync(join(output, 'kustomization.yaml'), 'resources: [all.yaml]\n');
  const programs: Record<string, Program> = {
    'node -e 0': node('-e', '0'),
    // A cache of its own: what an earlier run of another input has compiled is not what a second run of this one finds.
    render: {
      ...node(PROGRAM, 'render', join(known.directory, 'input'), ...known.args),
      variables: { NODE_COMPILE_CACHE: join(directory, 'cache', known.name) },
    },
  };
  if (isThere('kubectl', ['version', '--client'])) programs['kubectl kustomize'] = { command: 'kubectl', args: ['kustomize', output] };
  if (isThere('kustomize', ['version'])) programs['kustomize build'] = { command: 'kustomize', args: ['build', output] };
  const { 'node -e 0': bare, render: time, ...peers } = medianTimes(programs, { rounds, runs: RUNS, directory });
  console.log(`cold render of ${known.name}, ${(yaml.length / 1024).toFixed(0)} KiB of manifests`);
  showTimes('node -e 0', bare!);
  showTimes('openclaw-gitops render', time!);
  for (const [name, times] of Object.entries(peers)) showTimes(`${name} of the same manifests`, times);
  judge('processor', time!.processor / bare!.processor, 2, 'x `node -e 0`');
  judge('clock', time!.wall / bare!.wall, 2, 'x `node -e 0`');
  for (const name of ['kubectl kustomize', 'kustomize build']) {
    const peer = peers[name];
    if (peer === undefined) console.log(`         ${name}: not installed, not compared`);
    else judge('processor', time!.processor / peer.processor, 1, `x \`${name}\``);
  }
  return bare!;
}

async function warm({ known }: Rendered): Promise<number> {
  const library = (await import(LIBRARY)) as { render: typeof render; toJsonLine: typeof toJsonLine };
  const { files, options } = await caseInput(known);
  const times: number[] = [];
  for (let call = 0; call < 1500; call += 1) {
    const start = performance.now();
    for (const object of library.render(files, options).objects) library.toJsonLine(object);
    if (call >= 500) times.push(performance.now() - start);
  }
  return median(times);
}

/** Why the writer is our own: the general one's share of a render. */
async function writers({ known }: Rendered): Promise<void> {
  const { render: rendered } = (await import(LIBRARY)) as { render: typeof render };
  const { files, options } = await caseInput(known);
  const objects = [...rendered(files, options).objects];
  const time = (write: (value: (typeof objects)[number]) => string): number => {
    const times: number[] = [];
    for (let call = 0; call < 60; call += 1) {
      const start = performance.now();
      for (const object of objects) write(object);
      if (call >= 20) times.push(performance.now() - start);
    }
    return median(times);
  };
  const ours = time((object) => toYaml(object));
  const theirs = time((object) => stringify(object, { lineWidth: 0 }));
  show('its YAML', `${ours.toFixed(2).padStart(7)} ms on the clock`);
  judge('its YAML', ours / theirs, 0.2, 'x the package `yaml`');
}

function instances(count: number): string {
  const name = (index: number): string => `bot-${String(index).padStart(5, '0')}`;
  const instance = (index: number): string => `apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata:
  name: ${name(index)}
  namespace: agents
spec:
  image:
    tag: "2026.9.6"
  envFrom:
    - secretRef:
        name: openclaw-api-keys
`;
  return Array.from({ length: count }, (_, index) => instance(index)).join('---\n');
}

function many(bare: Times): void {
  const perInstance: number[] = [];
  for (const count of [100, 1000, 10_000]) {
    const file = join(directory, `${count}.yaml`);
    writeFileSync(file, instances(count));
    const args = [PROGRAM, 'render', file, '--output', 'jsonl'];
    const { render: time } = medianTimes(
      { render: node(...args) },
      { rounds: count > 1000 ? 1 : Math.ceil(rounds / 3), runs: 1, directory },
    );
    const peak = peakMegabytes(args, directory);
    perInstance.push((time.processor - bare.processor) / count);
    showTimes(`${count} minimal instances`, time);
    if (count !== 1000) continue;
    judge('processor', time.processor / count, 2, 'ms an instance');
    judge('peak memory', peak, 200, 'MB');
  }
  const [, thousand, tenThousand] = perInstance;
  // Time that grew with the square would make this 10.
  judge('linear: an instance among 10,000', tenThousand! / thousand!, 1.5, 'x one among 1,000');
}

const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
try {
  const rendered = await renderedCases();
  const largest = rendered.reduce((most, next) => (next.yaml.length > most.yaml.length ? next : most));
  console.log(`medians of ${rounds} turns; program ${(programBytes() / 1024).toFixed(0)} KiB\n`);
  // The operator's full sample, and the largest output.
  cold(caseNamed(rendered, 'sample-full'));
  console.log('');
  const bare = cold(largest);
  console.log('\nwarm library call, to JSON lines');
  const minimal = await warm(caseNamed(rendered, 'minimal'));
  show('minimal', `${minimal.toFixed(2).padStart(7)} ms on the clock`);
  const full = caseNamed(rendered, 'sample-full');
  show('sample-full', `${(await warm(full)).toFixed(2).padStart(7)} ms on the clock`);
  await writers(full);
  judge('minimal', minimal / (bare.wall * PEER_PER_START), 1, "x the operator's builders at the speed of this machine");
  console.log('');
  many(bare);
} finally {
  rmSync(directory, { recursive: true });
}
