import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Settled } from '../../../src/commands/lock/section.ts';
import { settlePacks } from '../../../src/commands/lock/settle-packs.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import { gitEnvironment, makeRepository } from './git-repository.ts';

const SKILL = '---\nname: writer\n---\nWrite.  \n\tindented\n';
const BYTES = Buffer.from([0, 1, 2, 255, 10]);
const SUBMODULE = '1'.repeat(40);

let directory: string;
let commits: readonly string[];
let base: Record<string, string>;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'packs-test-'));
  base = {};
  commits = makeRepository(directory, 'team/packs', [
    { files: { 'writer/SKILL.md': 'first\n' }, tag: 'v1', refs: ['refs/heads/feature/x'] },
    {
      files: {
        'writer/SKILL.md': SKILL,
        'writer/scripts/run.sh': { program: '#!/bin/sh\n' },
        'writer/logo.png': BYTES,
        'writer/LICENSE': { link: '../legal/LICENSE' },
        'writer/vendor': { submodule: SUBMODULE },
        'writer/.gitignore': 'x\r\n',
        'writer-other/SKILL.md': 'sibling\n',
        'legal/LICENSE': 'MIT\n',
        'deep/er/pack/skillpack.json': JSON.stringify({
          files: { 'skills/a/SKILL.md': './a.md', 'AGENTS.md': 'sub/agents.md' },
          directories: ['notes/', 'out'],
          config: { a: { enabled: true } },
        }),
        'deep/er/pack/a.md': 'A\n',
        'deep/er/pack/sub/agents.md': 'be brief\n',
        'deep/er/pack/unused.md': 'not named\n',
        'bare/README.md': 'no skill\n',
        'odd/SKILL.md': 'x',
        'odd/a\nb.md': 'x',
        'out/SKILL.md': { link: '../../../../etc/passwd' },
        'absolute/SKILL.md': { link: '/etc/passwd' },
        'loop/SKILL.md': { link: 'other' },
        'loop/other': { link: 'SKILL.md' },
        'to-directory/SKILL.md': { link: '../legal' },
        'large/SKILL.md': 'x',
        'large/big.bin': Buffer.alloc(1_048_577),
        'wrong/skillpack.json': '{"files": {"../x": "a", "y": "missing", "z": 1, "/etc/x": "a", "a/.b/c": "a"}, "config": {"n": 1}}',
        'wrong/a': 'a',
        'lfs/SKILL.md': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
      },
      refs: ['refs/heads/both', 'refs/tags/same'],
    },
  ]);
  makeRepository(directory, 'team/packs-two', [
    { files: { 'p/SKILL.md': 'old\n' }, refs: ['refs/tags/v1'] },
    { files: { 'p/SKILL.md': 'new\n' }, refs: ['refs/heads/v1'] },
  ]);
  base = gitEnvironment(directory) as Record<string, string>;
});

after(() => rmSync(directory, { recursive: true, force: true }));

let answered = 0;

function lock(references: readonly string[], env: Record<string, string> = {}, mostBytes = 100_000_000): Promise<readonly Settled[]> {
  const questions = references.map((name) => ({ name, previous: undefined }));
  return settlePacks(questions, { env: { ...base, ...env }, onSettled: () => (answered += 1) }, { timeLimitSeconds: 30, mostBytes });
}

async function lockOne(reference: string, env: Record<string, string> = {}): Promise<Settled> {
  return (await lock([reference], env))[0] as Settled;
}

function filesOf({ entry }: Settled): JsonObject {
  return (entry as { files: JsonObject }).files;
}

function commitOf({ entry }: Settled): unknown {
  return (entry as { commit: unknown }).commit;
}

function digest(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

test('POD-287 ARD-312 a directory with SKILL.md is locked with everything below it and nothing beside it', async () => {
  const { entry, problem, remarks, vendored } = await lockOne('pack:team/packs/writer');
  assert.equal(problem, null);
  assert.deepEqual(entry, {
    repository: 'https://github.com/team/packs',
    commit: commits[1],
    files: {
      '.gitignore': digest('x\r\n'),
      LICENSE: digest('MIT\n'),
      'SKILL.md': digest(SKILL),
      'logo.png': digest(BYTES),
      'scripts/run.sh': digest('#!/bin/sh\n'),
    },
    executables: ['scripts/run.sh'],
  });
  assert.deepEqual(remarks, ['"vendor" is a submodule; its files are not part of the pack']);
  assert.equal(
    vendored?.text,
    `apiVersion: gitops.openclaw.rocks/v1alpha1
kind: OpenClawPack
metadata:
  name: team-packs-writer-8837974f
pack: pack:team/packs/writer
commit: ${commits[1]}
data:
  ".gitignore": "x\\r\\n"
  LICENSE: |
    MIT
  SKILL.md: |
    ---
    name: writer
    ---
    Write.  
    \tindented
  scripts/run.sh: |
    #!/bin/sh
binaryData:
  logo.png: AAEC/wo=
`,
  );
});

test('POD-286 ARD-311 a manifest names the files that are locked', async () => {
  assert.deepEqual(Object.keys(filesOf(await lockOne('pack:team/packs/deep/er/pack'))), ['a.md', 'skillpack.json', 'sub/agents.md']);
});

test('ARD-314 a revision is a branch, a tag, a commit or the start of one', async () => {
  const revisions = { 'feature/x': 0, v1: 0, 'refs/tags/v1': 0, main: 1, both: 1, same: 1, [commits[0]!]: 0, [commits[0]!.slice(0, 9)]: 0 };
  for (const [revision, index] of Object.entries(revisions))
    assert.equal(commitOf(await lockOne(`pack:team/packs/writer@${revision}`)), commits[index], revision);
});

test('ARD-314 a host that hands out neither commits nor contents alone is asked for more', async () => {
  const plain = mkdtempSync(join(tmpdir(), 'packs-test-'));
  try {
    const [first] = makeRepository(plain, 'team/packs', [
      { files: { 'p/SKILL.md': 'old\n' }, refs: ['refs/heads/kept'] },
      { files: { 'p/SKILL.md': 'new\n' } },
    ]);
    const settings = {
      env: { ...gitEnvironment(plain), GIT_CONFIG_COUNT: '4' } as Record<string, string>,
      timeLimitSeconds: 30,
      mostBytes: 1e8,
    };
    Object.assign(settings.env, {
      GIT_CONFIG_KEY_1: 'uploadpack.allowFilter',
      GIT_CONFIG_VALUE_1: 'false',
      GIT_CONFIG_KEY_2: 'uploadpack.allowAnySHA1InWant',
      GIT_CONFIG_VALUE_2: 'false',
      GIT_CONFIG_KEY_3: 'protocol.version',
      GIT_CONFIG_VALUE_3: '0',
    });
    const [settled] = await settlePacks([{ name: `pack:team/packs/p@${first}`, previous: undefined }], {
      env: settings.env,
      onSettled: () => undefined,
    });
    assert.equal(settled?.problem, null);
    assert.deepEqual(filesOf(settled), { 'SKILL.md': digest('old\n') });
  } finally {
    rmSync(plain, { recursive: true, force: true });
  }
});

const refused: Readonly<Record<string, RegExp>> = {
  bare: /has neither "skillpack\.json" nor "SKILL\.md"/,
  missing: /the repository has no directory "missing" at commit [0-9a-f]{40}$/,
  'writer/SKILL.md': /the repository has no directory "writer\/SKILL\.md"/,
  'writer@nowhere': /the repository has no branch, tag or commit "nowhere"/,
  'writer@--upload-pack=x': /the repository has no branch, tag or commit "--upload-pack=x"/,
  'writer@0123456789': /the repository has no branch, tag or single commit "0123456789"/,
  odd: /file "skills\/odd\/a\\nb\.md" has a character that is not allowed|file "a\\nb\.md" has a character/,
  out: /"SKILL\.md" is a link that leads to no file of the repository/,
  absolute: /"SKILL\.md" is a link that leads to no file of the repository/,
  'to-directory': /"SKILL\.md" is a link that leads to no file of the repository/,
  loop: /"SKILL\.md" is a link that leads to links only/,
  large: /file "big\.bin" has 1048577 bytes; expected at most 1048576/,
};

for (const [place, message] of Object.entries(refused)) {
  test(`POD-288 ARD-313 pack:team/packs/${place} is refused`, async () => {
    const { entry, problem } = await lockOne(`pack:team/packs/${place}`);
    assert.equal(entry, null);
    assert.match(problem ?? '', message);
    assert.ok(problem?.startsWith('https://github.com/team/packs: '));
  });
}

test('ARD-323 every wrong path of a manifest is told', async () => {
  const { problem } = await lockOne('pack:team/packs/wrong');
  assert.deepEqual(
    problem?.split('; ').filter((part) => !part.startsWith('expected')),
    [
      'https://github.com/team/packs: file "../x" has ".."',
      'file "y" comes from "missing"',
      'the source of file "z" is no text',
      'file "/etc/x" is absolute',
      'file "a/.b/c" has a hidden part',
      'the configuration of skill "n" is no object',
    ],
  );
});

test('a pointer of Git LFS is remarked', async () => {
  assert.deepEqual((await lockOne('pack:team/packs/lfs')).remarks, [
    '"SKILL.md" is a pointer of Git LFS; its content is not part of the pack',
  ]);
});

test('a name that is a branch and a tag at once is refused, and either can be named in full', async () => {
  assert.match(
    (await lockOne('pack:team/packs-two/p@v1')).problem ?? '',
    /"v1" is a branch and a tag; write refs\/heads\/v1 or refs\/tags\/v1/,
  );
  assert.deepEqual(filesOf(await lockOne('pack:team/packs-two/p@refs/tags/v1')), { 'SKILL.md': digest('old\n') });
});

test('ARD-322 one failure keeps the rest, also of another repository', async () => {
  answered = 0;
  const outcomes = await lock([
    'pack:team/packs/writer',
    'pack:team/none/x',
    'pack:team/packs/bare',
    'pack:team/packs-two/p',
    'pack:two/parts',
  ]);
  assert.equal(answered, 5);
  assert.deepEqual(
    Object.entries(Object.fromEntries(outcomes.map(({ name, entry }) => [name, entry !== null]))).toSorted(([left], [right]) =>
      left < right ? -1 : 1,
    ),
    [
      ['pack:team/none/x', false],
      ['pack:team/packs-two/p', true],
      ['pack:team/packs/bare', false],
      ['pack:team/packs/writer', true],
      ['pack:two/parts', false],
    ],
  );
});

test('git is kept from repositories of its environment, from asking, and from more than is allowed, and leaves nothing behind', async (t) => {
  // Others may be at work in the usual directory.
  const scratch = join(directory, 'scratch');
  const usual = process.env['TMPDIR'];
  mkdirSync(scratch);
  process.env['TMPDIR'] = scratch;
  t.after(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  });
  const outcome = await lockOne('pack:team/packs/writer', { GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere/index' });
  assert.equal(outcome.problem, null);
  assert.match((await lockOne('pack:team/packs/writer', { PATH: '/nowhere' }))?.problem ?? '', /git is not there/);
  assert.match((await lock(['pack:team/packs/writer'], {}, 100))[0]?.problem ?? '', /the repository brings more than 100 bytes/);
  const asking = { GIT_CONFIG_VALUE_0: 'nothing', GIT_ASKPASS: '', SSH_ASKPASS: '' };
  assert.match(
    (await lockOne('pack:team/packs/writer', { ...asking, https_proxy: 'http://127.0.0.1:1' })).problem ?? '',
    /unable to access/,
  );
  assert.deepEqual(readdirSync(scratch), []);
});

test('P6 what an address carries of credentials is not repeated', async () => {
  const { problem } = await lockOne('pack:team/packs/writer', { GIT_CONFIG_KEY_0: 'url.http://user:hunter2@127.0.0.1:1/.insteadOf' });
  assert.match(problem ?? '', /127\.0\.0\.1/);
  assert.doesNotMatch(problem ?? '', /hunter2|user/);
});
