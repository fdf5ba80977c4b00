/** Times and memory of whole processes, as a user has them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** Milliseconds on the clock, and of all processors together: the second is steady on a busy machine. */
export interface Times {
  readonly wall: number;
  readonly processor: number;
}

/** Makes a Node process write its peak memory to a file when it ends. */
const REPORT_PEAK = `data:text/javascript,import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)))`;

/**
 * The shell says what the programs took: its own times on one line, those of its children on the next. Some count in hundredths of
 * a second, so that a short program has to run several times.
 */
const WITH_TIMES = 'runs=$1; shift; while [ "$runs" -gt 0 ]; do "$@" >/dev/null || exit; runs=$((runs - 1)); done; times >&2';

function run(command: string, args: readonly string[], directory: string, variables: Readonly<Record<string, string>>): string {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd: directory,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  // The time of a run that failed says nothing.
  if (error !== undefined || status !== 0) throw new Error(`${args.join(' ')}: ${error?.message ?? stderr.toString().slice(0, 2000)}`);
  return stderr.toString();
}

function timesOf({ command, args, variables = {} }: Program, runs: number, directory: string): Times {
  const start = performance.now();
  const report = run('sh', ['-c', WITH_TIMES, 'sh', String(runs), command, ...args], directory, variables);
  const wall = performance.now() - start;
  const parts = Array.from(
    report
      .trim()
      .split('\n')
      .at(-1)!
      .matchAll(/(\d+)m([\d.]+)s/g),
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  if (parts.length !== 2) throw new Error(`the shell's times are not understood: ${report}`);
  return { wall: wall / runs, processor: ((parts[0]! + parts[1]!) * 1000) / runs };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export interface Turns {
  readonly rounds: number;
  /** How often a program runs when it is its turn. */
  readonly runs: number;
  readonly directory: string;
}

/** The median times of each program, the programs taking turns so that a busy moment hits all of them; the first turn warms caches. */
export function medianTimes<K extends string>(
  programs: Readonly<Record<K, Program>>,
  { rounds, runs, directory }: Turns,
): Record<K, Times> {
  const names = Object.keys(programs) as K[];
  const times = new Map<K, Times[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const taken = timesOf(programs[name], runs, directory);
      if (round > 0) times.get(name)!.push(taken);
    }
  }
  const medianOf = (name: K): Times => ({
    wall: median(times.get(name)!.map(({ wall }) => wall)),
    processor: median(times.get(name)!.map(({ processor }) => processor)),
  });
  return Object.fromEntries(names.map((name) => [name, medianOf(name)])) as Record<K, Times>;
}

/** The peak memory of one run of a Node program. */
export function peakMegabytes(args: readonly string[], directory: string): number {
  const peakDirectory = mkdtempSync(join(tmpdir(), 'peak-'));
  try {
    const file = join(peakDirectory, 'peak');
    run(process.execPath, ['--import', REPORT_PEAK, ...args], directory, { PEAK_FILE: file });
    return Number(readFileSync(file, 'utf8')) / 1024;
  } finally {
    rmSync(peakDirectory, { recursive: true });
  }
}
