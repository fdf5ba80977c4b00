/** Builds a directory with a kustomization, with `kustomize` or, where that is missing, with `kubectl kustomize`. */
import { basename } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { LIMITS } from '../parse/limits.ts';
import { problem, wholeFile } from '../parse/problem.ts';
import type { SourceFile } from '../parse/source.ts';
import { runBounded } from './bounded-process.ts';

/** The names that kustomize looks for. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Remote bases may take their time, but an Argo CD plugin has 90 seconds for everything. */
const TIME_LIMIT_SECONDS = 60;

/** What kustomize prints for the directory, named `name` in messages, or what is wrong. */
export async function buildKustomization(
  directory: string,
  name: string,
  binary: string | undefined,
  timeLimitSeconds = TIME_LIMIT_SECONDS,
): Promise<SourceFile | Diagnostic> {
  const candidates = binary === undefined ? ['kustomize', 'kubectl'] : [binary];
  for (const command of candidates) {
    const subcommand = basename(command).startsWith('kubectl') ? 'kustomize' : 'build';
    const end = await runBounded({
      command,
      args: [subcommand, directory],
      // Git must not wait for a password that nobody can type.
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
      timeLimitSeconds,
      mostOutputBytes: LIMITS.fileBytes,
    });
    if (end.kind === 'absent') continue;
    if (end.kind === 'ended' && end.status === 0) return { name, bytes: end.output };
    const reason =
      end.kind === 'stopped' ? end.reason : `${command} failed with ${end.signal ?? `exit code ${end.status}`}: ${end.complaint}`;
    return problem('kustomize', presentable(reason, directory), wholeFile(name));
  }
  const looked = candidates.map((command) => `"${command}"`).join(' or ');
  return problem('kustomize-missing', `the directory has a kustomization, and ${looked} is not there to build it`, wholeFile(name));
}

/** One line without the place of the checkout, the time, and the literals of a secretGenerator that kustomize could not split. */
function presentable(reason: string, directory: string): string {
  return reason
    .replaceAll(`${directory}/`, '')
    .replaceAll(directory, '.')
    .replace(/[A-Z]\d{4} [\d:.]+ +\d+ \S+\] "command failed" err=/, '')
    .replace(/(literal sources \[).*(\]: )/s, '$1…$2')
    .replace(/(literal source ).*(, expected key=value)/s, '$1…$2')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
