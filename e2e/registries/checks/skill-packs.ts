/** Skill packs from the real git: by every transport the same lock, contents only as far as they are wanted, and nobody is asked for a password. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeRepository } from '../../../test/commands/lock/git-repository.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { imagesOf, pushImages, writeAgent } from '../agents.ts';
import { startGitDaemon, startGitHttp } from '../git-server.ts';
import { openclawGitops, type Ran } from '../program.ts';
import { pusher } from '../push.ts';

const LOGIN = { user: 'ada', password: 'pass word/with@signs' };
const LARGE_BYTES = 8 * 1024 * 1024;
const BINARY = Buffer.from([0, 255, 10, 13]);

export async function checkSkillPacks(host: string, directory: string): Promise<CheckResult> {
  const repositories = join(directory, 'repositories');
  mkdirSync(repositories);
  const commits = makeRepository(repositories, 'team/packs', [
    { files: { 'writer/SKILL.md': 'Write.\n' }, refs: ['refs/heads/first'] },
    {
      files: {
        'writer/SKILL.md': 'Write more.\n',
        'writer/run.sh': { program: '#!/bin/sh\n' },
        'writer/logo.gif': BINARY,
        'large.bin': randomBytes(LARGE_BYTES),
      },
      tag: 'v1',
    },
  ]);
  const skills = ['writer@v1', 'writer', 'writer@first', `writer@${commits[0]}`, `writer@${commits[0]?.slice(0, 8)}`].map(
    (name) => `pack:team/packs/${name}`,
  );
  // Each in a workspace of its own: they are the same skill.
  const additionalWorkspaces = skills.slice(1).map((skill, index) => ({ name: `w${index}`, skills: [skill] }));
  writeAgent(directory, host, { skills: skills.slice(0, 1), workspace: { additionalWorkspaces } });
  await pushImages(await imagesOf(directory, host), host, pusher(host), 'packs');

  const lock = (base: string, env: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Promise<Ran> => {
    const configuration = {
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${base}.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://github.com/',
    };
    return openclawGitops(directory, ['lock', 'agents', '--registry', host, ...args], { ...configuration, ...env });
  };
  const locked = (): string => readFileSync(join(directory, 'agents/openclaw.lock.yaml'), 'utf8');
  const forget = (): void => {
    for (const name of ['openclaw.lock.yaml', 'openclaw.lock.d']) rmSync(join(directory, 'agents', name), { recursive: true, force: true });
  };

  const open = await startGitHttp(repositories);
  const guarded = await startGitHttp(repositories, LOGIN);
  const daemon = await startGitDaemon(repositories, join(directory, 'git-daemon.txt'));
  try {
    const byHttp = await lock(open.url);
    assert.deepEqual([byHttp.code, byHttp.err], [0, '']);
    assert.ok(open.sentBytes() < LARGE_BYTES / 4, `${open.sentBytes()} bytes were sent`);
    const text = locked();
    const { packs } = parse(text) as {
      packs: Readonly<Record<string, { readonly commit: string; readonly executables?: readonly string[] }>>;
    };
    for (const [index, skill] of skills.entries()) assert.equal(packs[skill]?.commit, commits[index < 2 ? 1 : 0], skill);
    assert.deepEqual(packs[skills[0] ?? '']?.executables, ['run.sh']);

    // Without git, and without anything to ask.
    const rendered = await openclawGitops(directory, ['render', 'agents', '--registry', host, '--strict'], { PATH: '/nowhere' });
    assert.deepEqual([rendered.code, rendered.err], [0, '']);
    assert.ok(rendered.out.includes(`  skills--writer--logo.gif: ${BINARY.toString('base64')}\n`));

    const transports = [
      `git://${daemon.host}/`,
      `file://${repositories}/`,
      guarded.url.replace('//', `//${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@`),
    ];
    for (const base of transports) {
      forget();
      const ran = await lock(base);
      assert.deepEqual([ran.code, ran.err], [0, ''], base);
      assert.equal(locked(), text, base);
    }

    // A host that leaves nothing out, and hands out no commit but those of branches and tags.
    forget();
    const plain = { GIT_CONFIG_COUNT: '4', GIT_CONFIG_KEY_1: 'uploadpack.allowFilter', GIT_CONFIG_VALUE_1: 'false' };
    const older = {
      ...plain,
      GIT_CONFIG_KEY_2: 'uploadpack.allowAnySHA1InWant',
      GIT_CONFIG_VALUE_2: 'false',
      GIT_CONFIG_KEY_3: 'protocol.version',
      GIT_CONFIG_VALUE_3: '0',
    };
    assert.equal((await lock(`file://${repositories}/`, older)).code, 0);
    assert.equal(locked(), text);

    forget();
    const start = performance.now();
    const stranger = await lock(guarded.url);
    assert.ok(performance.now() - start < 10_000, 'nobody is asked for a password');
    assert.equal(stranger.code, 1);
    assert.match(stranger.err, /could not read Username/);
    const wrong = await lock(guarded.url.replace('//', '//ada:hunter2@'));
    assert.equal(wrong.code, 1);
    assert.doesNotMatch(wrong.err + wrong.out, /hunter2|ada:/);

    // As `git` itself keeps credentials.
    writeFileSync(
      join(directory, '.git-credentials'),
      `${guarded.url.replace('//', `//${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@`)}\n`,
      { mode: 0o600 },
    );
    writeFileSync(join(directory, '.gitconfig'), '[credential]\n\thelper = store\n');
    const known = await lock(guarded.url);
    assert.deepEqual([known.code, known.err], [0, '']);
    assert.equal(locked(), text);
    return {
      summary: `${skills.length} packs by HTTP with and without a password, git:// and file://, ${open.sentBytes()} bytes of a commit of ${LARGE_BYTES}`,
      rows: [],
      failures: [],
    };
  } finally {
    await daemon.stop();
    await guarded.stop();
    await open.stop();
  }
}
