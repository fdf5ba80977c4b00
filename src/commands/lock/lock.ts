/** `openclaw-gitops lock`: pins what the agents of a directory name, in a file that rendering reads. */
import { dirname, join, resolve, sep } from 'node:path';
import { readInputs } from '../../adapters/files.ts';
import { holdsText, holdsYaml, isDirectory, isThere, removeFrom, writeAtomically, writeInto } from '../../adapters/local-file.ts';
import { LOCK_FILE, VENDORED_DIRECTORY } from '../../lib/lock-file.ts';
import { usesOf, type Uses } from '../../render.ts';
import { parseFlags, UsageError, type Command, type Flag, type ParsedFlags } from '../command.ts';
import { clusterDefaultsArgument, INPUT_FLAGS, renderOptions } from '../input-flags.ts';
import { progress } from '../progress.ts';
import { annotationsOf, LOCAL_CONFIG } from '../krm/annotations.ts';
import { report as reportDiagnostics } from '../render-input.ts';
import type { Streams } from '../streams.ts';
import { lockText } from './lock-text.ts';
import { questionsOf, renewed, type Change, type Failure, type RenewalWishes, type SectionRenewal } from './renewal.ts';
import { failuresText, remarksText, reportJson, reportText, type LockReport } from './report.ts';
import type { SectionKey } from './section.ts';
import { SECTIONS } from './sections.ts';

const FLAGS: readonly Flag[] = [
  { name: 'check', help: 'write nothing; exit code 1 when the lock is not what it should be. Needs no network without --update' },
  { name: 'update', help: 'ask again for what is locked, and take what its tags mean today' },
  { name: 'keep-unused', help: 'keep entries that this input does not use, for those who render it with other flags' },
  {
    name: 'platform',
    value: 'LIST',
    help: 'platforms that every image must run on, such as linux/amd64,linux/arm64; checked for what is asked',
  },
  { name: 'output', short: 'o', value: 'FORMAT', choices: ['text', 'json'], help: 'form of what it did' },
  ...INPUT_FLAGS.filter(({ name }) => name !== 'strict'),
];

export const lockCommand: Command = {
  name: 'lock',
  summary: `Pin what the agents of a directory run: write ${LOCK_FILE} there, which render uses.`,
  usage: '[DIR] [FLAGS]',
  flags: FLAGS,
  examples: ['openclaw-gitops lock bots/', 'openclaw-gitops lock bots/ --update', 'openclaw-gitops lock bots/ --check'],
  async run(args, streams) {
    const flags = parseFlags(FLAGS, args);
    const directory = directoryArgument(flags, streams.cwd);
    const format = flags.text('format') === 'json' ? 'json' : 'text';
    const uses = await usesIn(directory, flags, streams);
    const errors = uses.diagnostics.filter(({ severity }) => severity === 'error');
    if (uses.refused) {
      reportDiagnostics(errors, { format }, streams);
      return 1;
    }

    const wishes = { updates: flags.isSet('update'), keepsUnused: flags.isSet('keep-unused') };
    const isCheck = flags.isSet('check');
    const renewals = await renewalsOf(uses, wishes, { isAsked: !isCheck || wishes.updates, platforms: platformsOf(flags), streams });
    const remarks = [...renewals.values()].flatMap((renewal) => renewal.remarks);
    const localConfig = uses.lock === null ? undefined : annotationsOf(uses.lock.source.value)[LOCAL_CONFIG];
    const text = lockText(new Map([...renewals].map(([key, { entries }]) => [key, entries])), localConfig);
    const path = join(resolve(streams.cwd, directory), LOCK_FILE);
    const changes = [...renewals.values()].flatMap((renewal) => renewal.changes);
    const failures = [...renewals.values()].flatMap((renewal) => renewal.failures);
    // Without changes the file is still brought into its usual form; where there is nothing to lock, none is made.
    const isWritten = !isCheck && (changes.length > 0 || (isThere(path) && !holdsText(path, text)));
    const fault = isWritten ? write(path, text, renewals) : null;
    if (fault !== null) {
      streams.err(`error: ${shownPath(directory)} cannot be written (${fault})\n`);
      return 1;
    }
    const outcome: LockReport = { file: shownPath(directory), status: statusOf(isCheck, isWritten, changes, failures), changes, failures };
    streams.err(remarksText(remarks) + failuresText(outcome));
    streams.out(flags.text('output') === 'json' ? reportJson(outcome) : reportText(outcome));
    return outcome.status === 'written' || outcome.status === 'unchanged' ? 0 : 1;
  },
};

/** What the lock says is there before the lock says it, and goes after. Returns the system's code for why it could not, or null. */
function write(path: string, text: string, renewals: ReadonlyMap<SectionKey, SectionRenewal>): string | null {
  const directory = join(dirname(path), VENDORED_DIRECTORY);
  for (const { vendored } of renewals.values()) {
    for (const file of vendored) {
      const fault = writeInto(directory, file.name, file.text);
      if (fault !== null) return fault;
    }
  }
  const fault = writeAtomically(path, text);
  if (fault !== null) return fault;
  for (const { key, vendoredName } of SECTIONS) {
    for (const { name, change } of renewals.get(key)?.changes ?? []) {
      const removed = change === 'removed' && vendoredName !== undefined ? removeFrom(directory, vendoredName(name)) : null;
      if (removed !== null) return removed;
    }
  }
  return null;
}

function statusOf(isCheck: boolean, isWritten: boolean, changes: readonly Change[], failures: readonly Failure[]): LockReport['status'] {
  if (failures.length > 0) return 'incomplete';
  if (isCheck) return changes.length > 0 ? 'stale' : 'unchanged';
  return isWritten ? 'written' : 'unchanged';
}

function directoryArgument({ positionals }: ParsedFlags, cwd: string): string {
  const [directory = '.', ...others] = positionals;
  if (others.length > 0) throw new UsageError('lock takes one directory: the one that is rendered');
  if (directory === '-' || !isDirectory(resolve(cwd, directory)))
    throw new UsageError(`"${directory}" is no directory; lock takes the one that is rendered`);
  return directory;
}

function platformsOf(flags: ParsedFlags): string[] {
  const platforms = (flags.text('platform') ?? '')
    .split(',')
    .map((platform) => platform.trim())
    .filter((platform) => platform !== '');
  for (const platform of platforms) {
    if (!/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(platform))
      throw new UsageError(`--platform "${platform}" is no platform; expected a form such as linux/amd64`);
  }
  return platforms;
}

/** Only the lock of this directory counts: one above it is another's. */
async function usesIn(directory: string, flags: ParsedFlags, streams: Streams): Promise<Uses> {
  const [lock, vendored] = [join(directory, LOCK_FILE), join(directory, VENDORED_DIRECTORY)];
  const beside = [...(isThere(resolve(streams.cwd, lock)) ? [lock] : []), ...(holdsYaml(resolve(streams.cwd, vendored)) ? [vendored] : [])];
  const { files, diagnostics } = await readInputs([directory, ...beside], {
    cwd: streams.cwd,
    stdin: streams.readStdin,
    kustomize: flags.text('kustomize'),
    besides: clusterDefaultsArgument(flags),
    takesNearestLock: false,
  });
  const uses = usesOf(files, renderOptions(flags));
  return diagnostics.length > 0 ? { ...uses, diagnostics, refused: true } : uses;
}

interface Renewing {
  readonly isAsked: boolean;
  readonly platforms: readonly string[];
  readonly streams: Streams;
}

async function renewalsOf(
  uses: Uses,
  wishes: RenewalWishes,
  { isAsked, platforms, streams }: Renewing,
): Promise<Map<SectionKey, SectionRenewal>> {
  const states = SECTIONS.map(({ key, wanted, locked, stale }) => ({
    section: key,
    wanted: wanted(uses),
    locked: locked(uses),
    stale: stale?.(uses) ?? new Set<string>(),
  }));
  const asked = states.map((state) => (isAsked ? questionsOf(state, wishes) : []));
  const total = asked.flat().length;
  const settlers = total === 0 ? null : (await import('./settlers.ts')).settlers;
  const shown = progress(streams, total);
  const surroundings = { env: streams.env, platforms, onSettled: shown.settled, onWait: shown.waiting };
  const renewals = new Map<SectionKey, SectionRenewal>();
  try {
    for (const [index, state] of states.entries()) {
      const questions = asked[index] ?? [];
      const settled = settlers === null || questions.length === 0 ? [] : await settlers[state.section](questions, surroundings);
      renewals.set(state.section, renewed(state, settled, wishes));
    }
  } finally {
    shown.end();
  }
  return renewals;
}

function shownPath(directory: string): string {
  return join(directory, LOCK_FILE).split(sep).join('/');
}
