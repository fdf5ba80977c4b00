/** What the labels of the image say of where it comes from. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { provenance } from '../../scripts/image/provenance.ts';

const TIME = '1700000000';
const IDENTITY = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' };
const DATES = { GIT_AUTHOR_DATE: `${TIME} +0000`, GIT_COMMITTER_DATE: `${TIME} +0000` };

const REMOTES: readonly (readonly [remote: string, source: string | undefined])[] = [
  ['https://git.example.com/team/agents.git', 'https://git.example.com/team/agents.git'],
  ['https://ada:glpat-secret@git.example.com/team/agents.git', 'https://git.example.com/team/agents.git'],
  ['https://git.example.com/team/agents.git?access_token=secret', 'https://git.example.com/team/agents.git'],
  ['git@git.example.com:team/agents.git', 'ssh://git@git.example.com/team/agents.git'],
  ['ada@git.example.com:/srv/agents.git', 'ssh://git.example.com/srv/agents.git'],
  ['ssh://git@git.example.com:2222/team/agents.git', 'ssh://git@git.example.com:2222/team/agents.git'],
  ['ssh://ada:secret@git.example.com/team/agents.git', 'ssh://git.example.com/team/agents.git'],
  ['/home/ada/agents', undefined],
  ['file:///home/ada/agents', undefined],
  ['../agents', undefined],
];

describe('the image says of where it comes from', () => {
  let directory: string;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: directory, encoding: 'utf8', env: { ...process.env, ...IDENTITY, ...DATES } }).trim();

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-provenance-'));
    git('init', '--quiet');
    writeFileSync(join(directory, 'file'), 'one');
    git('add', '.');
    git('commit', '--quiet', '--message', 'one');
  });
  after(() => rmSync(directory, { recursive: true }));

  test('the commit and its time', () => {
    assert.deepEqual(provenance(directory, {}), { epoch: TIME, revision: git('rev-parse', 'HEAD') });
  });

  test('another time when it is told one, and refuses what is none', () => {
    assert.equal(provenance(directory, { SOURCE_DATE_EPOCH: '42' }).epoch, '42');
    assert.throws(() => provenance(directory, { SOURCE_DATE_EPOCH: 'today' }), /SOURCE_DATE_EPOCH is "today"; expected seconds since 1970/);
  });

  for (const name of ['file', 'new'])
    test(`no commit when ${name} is not in it as it is`, () => {
      writeFileSync(join(directory, name), 'two');
      assert.deepEqual(provenance(directory, {}), { epoch: TIME });
      git('stash', '--quiet', '--include-untracked');
    });

  for (const [remote, source] of REMOTES)
    test(`${source ?? 'nothing'} for ${remote}`, () => {
      git('config', 'remote.origin.url', remote);
      assert.equal(provenance(directory, {}).source, source);
    });

  test('nothing outside of a repository', () => {
    rmSync(join(directory, '.git'), { recursive: true });
    assert.deepEqual(provenance(directory, {}), { epoch: '0' });
  });
});
