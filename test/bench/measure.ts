/** Times and memory of whole processes, as a user has them. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Run {
  readonly milliseconds: number;
  /** Null for programs that are not Node. */
  readonly peakMegabytes: number | null;
}

/** Makes a Node process write its peak memory to a file when it ends. */
const REPORT_PEAK = `data:text/javascript,import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)))`;

/** One run, its output thrown away; a failed run is an error, since its time says nothing. */
function runOnce(command: string, args: readonly string[], directory: string, withPeak: boolean): Run {
  const peakDirectory = mkdtempSync(join(tmpdir(), 'bench-'));
  const peakFile = join(peakDirectory, 'peak');
  const sink = openSync(devNull, 'w');
  try {
    const start = performance.now();
    const { status, stderr, error } = spawnSync(command, withPeak ? ['--import', REPORT_PEAK, ...args] : args, {
      cwd: directory,
      env: { ...process.env, PEAK_FILE: peakFile },
      stdio: ['ignore', sink, 'pipe'],
      maxBuffer: 1 << 28,
    });
    const milliseconds = performance.now() - start;
    if (error !== undefined || status !== 0)
      throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.toString().slice(0, 2000)}`);
    return { milliseconds, peakMegabytes: withPeak ? Number(readFileSync(peakFile, 'utf8')) / 1024 : null };
  } finally {
    closeSync(sink);
    rmSync(peakDirectory, { recursive: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** The median time of each program, the programs taking turns so that a busy moment hits all of them; the first turn warms caches. */
export function medianTimes<K extends string>(
  programs: Readonly<Record<K, Program>>,
  rounds: number,
  directory: string,
): Record<K, number> {
  const names = Object.keys(programs) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const { command, args } = programs[name];
      const { milliseconds } = runOnce(command, args, directory, false);
      if (round > 0) times.get(name)!.push(milliseconds);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<K, number>;
}

/** The peak memory of one run of a Node program. */
export function peakMegabytes(args: readonly string[], directory: string): number {
  return runOnce(process.execPath, args, directory, true).peakMegabytes!;
}
