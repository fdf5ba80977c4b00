/** What the README says of the KRM function, run as it stands there. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lockText } from '../../src/commands/lock/lock-text.ts';
import { byCodeUnits } from '../../src/lib/code-unit-order.ts';
import { usesOf } from '../../src/render.ts';
import { kptJudges } from './kpt.ts';
import { manifests, PROGRAM, run, withDirectory, type Run } from './kustomization.ts';

const KUSTOMIZE = process.env['KUSTOMIZE'] ?? '';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const SECTION = README.split('## As a KRM function')[1]!.split('\n## ')[0]!;

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block ?? '');
}

const AGENT = blocks(README, 'yaml').find((text) => text.includes('kind: OpenClawInstance')) ?? '';
/** Each block of YAML says in its first line which file it is. */
const FILES = Object.fromEntries(blocks(SECTION, 'yaml').map((text) => [/^# (.*)$/m.exec(text)?.[1] ?? '', text]));
const COMMANDS = blocks(SECTION, 'sh').flatMap((text) => text.trim().split('\n'));

/** What `openclaw-gitops lock` would write, had it a registry to ask. */
function lockFile(): string {
  const { images } = usesOf([{ name: 'my-agent.yaml', bytes: new TextEncoder().encode(AGENT) }]);
  const digests = Array.from([...images.keys()].toSorted(byCodeUnits), (image): [string, string] => [image, DIGEST]);
  return lockText(new Map([['images', new Map(digests)]]));
}

function commandsRun(files: Readonly<Record<string, string>>, commands: readonly string[]): Run {
  return withDirectory({ ...files, 'my-agent.yaml': AGENT, 'openclaw.lock.yaml': lockFile() }, (directory) => {
    mkdirSync(join(directory, 'bin'));
    writeFileSync(join(directory, 'bin/openclaw-gitops'), `#!/bin/sh\nexec ${process.execPath} ${PROGRAM} "$@"\n`, { mode: 0o755 });
    symlinkSync(KUSTOMIZE, join(directory, 'bin/kustomize'));
    const env = { ...process.env, PATH: `${join(directory, 'bin')}:${process.env['PATH']}` };
    return run('sh', ['-ec', commands.join('\n')], directory, env);
  });
}

describe('README, as a KRM function', () => {
  test('holds the files and commands that are run here', () => {
    assert.deepEqual(Object.keys(FILES), ['kustomization.yaml', 'render.yaml', 'Kptfile']);
    assert.deepEqual(
      COMMANDS.map((command) => command.split(' ').slice(0, 2).join(' ')),
      ['openclaw-gitops lock', 'kustomize build', 'kpt fn', 'kpt fn'],
    );
  });

  test('kustomize builds the agent of the quick start with its images pinned', () => {
    const { 'kustomization.yaml': kustomization = '', 'render.yaml': renderFile = '' } = FILES;
    const commands = COMMANDS.filter((command) => command.startsWith('kustomize '));
    const { status, stdout, stderr } = commandsRun({ 'kustomization.yaml': kustomization, 'render.yaml': renderFile }, commands);
    assert.equal(status, 0, stderr);
    assert.equal(stderr, '', 'strict, and nothing to warn of');
    assert.ok([...manifests(stdout).values()].some(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'my-agent'));
  });

  if (kptJudges('the commands of the README')) {
    test('kpt renders it, and once more', () => {
      const { Kptfile = '' } = FILES;
      const commands = COMMANDS.filter((command) => command.startsWith('kpt '));
      // The lock stays what `lock` would write: both may be run again and again.
      const unlocked = [
        'cp openclaw.lock.yaml kept',
        'openclaw-gitops lock . --check',
        'openclaw-gitops lock .',
        'cmp openclaw.lock.yaml kept',
      ];
      const { status, stdout, stderr } = commandsRun({ Kptfile }, [...commands, ...unlocked, 'cat my-agent.rendered.yaml']);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^kind: StatefulSet$/m);
    });
  }
});
