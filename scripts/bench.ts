/**
 * `npm run bench`: times of the built program as ratios to `node -e 0` and to kustomize, all from the same run of the same machine.
 * Judges nothing. The targets in brackets are those of DESIGN.md.
 *
 *     npm run bench [-- --rounds 9]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { render, toJsonLine } from '../src/index.ts';
import { caseInput, goldenCases, type GoldenCase } from '../test/golden/golden-case.ts';
import { outcomeOf } from '../test/golden/outcome.ts';
import { median, medianTimes, peakMegabytes, type Program, type Times } from '../test/bench/measure.ts';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'dist/openclaw-gitops.mjs');
const LIBRARY = join(ROOT, 'dist/index.mjs');

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);
const node = (...args: string[]): Program => ({ command: process.execPath, args });
const directory = mkdtempSync(join(tmpdir(), 'bench-'));

function isThere(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function ratios(times: Times, base: Times): string {
  return `${(times.wall / base.wall).toFixed(2)} x (processor ${(times.processor / base.processor).toFixed(2)} x)`;
}

function line(title: string, { wall, processor }: Times, rest: string): void {
  console.log(`${title.padEnd(40)} ${wall.toFixed(0).padStart(7)} ms, processor ${processor.toFixed(0).padStart(6)} ms  ${rest}`);
}

/** The executable and everything it may load. */
function programBytes(): number {
  const files = readdirSync(join(ROOT, 'dist')).filter((name) => /\.[cm]js$/.test(name) && join(ROOT, 'dist', name) !== LIBRARY);
  return files.reduce((sum, name) => sum + statSync(join(ROOT, 'dist', name)).size, 0);
}

async function largestCase(): Promise<{ known: GoldenCase; yaml: string }> {
  let largest: { known: GoldenCase; yaml: string } | null = null;
  for (const known of goldenCases().filter(({ keepsManifests }) => keepsManifests)) {
    const { refused, yaml } = outcomeOf(await caseInput(known));
    if (!refused && yaml.length > (largest?.yaml.length ?? 0)) largest = { known, yaml };
  }
  if (largest === null) throw new Error('no golden case is rendered');
  return largest;
}

async function cold(): Promise<Times> {
  const { known, yaml } = await largestCase();
  const programs: Record<string, Program> = {
    bare: node('-e', '0'),
    render: node(PROGRAM, 'render', join(known.directory, 'input'), ...known.args),
  };
  const output = join(directory, 'output');
  mkdirSync(output);
  writeFileSync(join(output, 'all.yaml'), yaml);
  writeFileSync(join(output, 'kustomization.yaml'), 'resources: [all.yaml]\n');
  if (isThere('kubectl', ['version', '--client'])) programs['kubectl kustomize'] = { command: 'kubectl', args: ['kustomize', output] };
  if (isThere('kustomize', ['version'])) programs['kustomize build'] = { command: 'kustomize', args: ['build', output] };
  const times = medianTimes(programs, rounds, directory);
  const bare = times['bare']!;
  console.log(
    `median of ${rounds} runs; largest golden case: ${known.name}, ${(yaml.length / 1024).toFixed(0)} KiB of manifests; program ${(programBytes() / 1024).toFixed(0)} KiB\n`,
  );
  line('node -e 0', bare, '');
  line(`cold render of ${known.name}`, times['render']!, `${ratios(times['render']!, bare)} of node -e 0  [at most 2]`);
  for (const peer of ['kubectl kustomize', 'kustomize build']) {
    const time = times[peer];
    if (time === undefined) console.log(`${peer}: not installed, not compared`);
    else line(`${peer} of the same manifests`, time, `render takes ${ratios(times['render']!, time)} of it  [below 1]`);
  }
  return bare;
}

async function warm(): Promise<void> {
  const library = (await import(LIBRARY)) as { render: typeof render; toJsonLine: typeof toJsonLine };
  const { known } = await largestCase();
  const { files, options } = await caseInput(known);
  const times: number[] = [];
  for (let call = 0; call < 600; call += 1) {
    const start = performance.now();
    for (const object of library.render(files, options).objects) library.toJsonLine(object);
    if (call >= 200) times.push(performance.now() - start);
  }
  console.log(`warm library call with JSON lines: ${median(times).toFixed(2)} ms`);
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
  for (const [count, target] of [
    [100, ''],
    [1000, '  [at most 6 x, below 200 MB]'],
    [10_000, ''],
  ] as const) {
    const file = join(directory, `${count}.yaml`);
    writeFileSync(file, instances(count));
    const args = [PROGRAM, 'render', file, '--output', 'jsonl'];
    const { render: time } = medianTimes({ render: node(...args) }, count > 1000 ? 1 : Math.ceil(rounds / 3), directory);
    const peak = peakMegabytes(args, directory);
    line(
      `${count} minimal instances`,
      time,
      `${ratios(time, bare)} of node -e 0, ${(time.processor / count).toFixed(2)} ms each, peak ${peak.toFixed(0)} MB${target}`,
    );
  }
}

const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
try {
  const bare = await cold();
  await warm();
  many(bare);
} finally {
  rmSync(directory, { recursive: true });
}
