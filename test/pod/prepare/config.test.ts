import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, lstat, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { asPodUser } from '../support/pod-user.ts';
import { planFor, runPrepare } from '../support/run-prepare.ts';
import { fill, makeVolume, scratch, treeOf } from '../support/volume.ts';

interface Seeding {
  readonly state: string;
  readonly target: string;
  readonly seed: (
    rendered: string,
    options?: { readonly mode?: 'merge' | 'overwrite'; readonly forcePaths?: readonly string[] },
  ) => Promise<readonly string[]>;
  readonly live: () => Promise<string>;
}

async function seeding(t: TestContext, live?: string): Promise<Seeding> {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  const state = join(volume, 'openclaw');
  const target = join(state, 'openclaw.json');
  await fill(volume, live === undefined ? { openclaw: null } : { 'openclaw/openclaw.json': live });
  const source = join(directory, 'rendered.json');
  return {
    state,
    target,
    seed: async (rendered, { mode = 'merge', forcePaths = [] } = {}) => {
      await asPodUser(() => writeFile(source, rendered));
      return await runPrepare(planFor(volume, { config: { source, target, mode, forcePaths } }));
    },
    live: () => readFile(target, 'utf8'),
  };
}

const merges: readonly {
  readonly name: string;
  readonly live?: string;
  readonly rendered: string;
  readonly forcePaths?: readonly string[];
  readonly expected: string;
}[] = [
  {
    name: 'POD-254 rendered values win, lists are replaced whole, live-only keys stay',
    live: '{"a":{"x":1,"y":[1,2,3]},"live":true}',
    rendered: '{"a":{"y":[9],"z":2}}',
    expected: '{"a":{"x":1,"y":[9],"z":2},"live":true}',
  },
  {
    name: 'POD-255 null overwrites, nested objects merge, other types replace',
    live: '{"a":{"b":{"c":1,"d":2}},"e":{"f":1},"g":1}',
    rendered: '{"a":{"b":{"c":null}},"e":5,"g":{"h":1}}',
    expected: '{"a":{"b":{"c":null,"d":2}},"e":5,"g":{"h":1}}',
  },
  { name: 'POD-256 a missing live file counts as empty', rendered: '{"a":1}', expected: '{"a":1}' },
  {
    name: 'POD-257 force paths are deleted before the merge',
    live: '{"gateway":{"auth":{"mode":"none","extra":1},"port":1}}',
    rendered: '{"gateway":{"auth":{"mode":"token"}}}',
    forcePaths: ['gateway.auth', 'not.there'],
    expected: '{"gateway":{"port":1,"auth":{"mode":"token"}}}',
  },
  { name: 'POD-262 an empty rendered object leaves the live values', live: '{"a":1}', rendered: '{}', expected: '{"a":1}' },
  {
    name: 'POD-265 a tampered value under a force path is gone',
    live: '{"tools":{"exec":{"security":"full"}}}',
    rendered: '{"tools":{}}',
    forcePaths: ['tools.exec'],
    expected: '{"tools":{}}',
  },
  {
    name: 'JSON5 is read, JSON is written',
    live: "{a: 'x', /* note */ b: [0x10, .5,],}",
    rendered: '{"c":1}',
    expected: '{"a":"x","b":[16,0.5],"c":1}',
  },
  { name: 'a byte order mark is no obstacle', live: '\ufeff{"a":1}', rendered: '{"b":2}', expected: '{"a":1,"b":2}' },
  {
    name: '__proto__ is data and pollutes nothing',
    live: '{"__proto__":{"a":1},"b":{"constructor":{"prototype":{"c":1}}}}',
    rendered: '{"__proto__":{"polluted":true},"b":{"__proto__":{"polluted":true}}}',
    expected: '{"__proto__":{"a":1,"polluted":true},"b":{"constructor":{"prototype":{"c":1}},"__proto__":{"polluted":true}}}',
  },
  {
    name: 'integers beyond 2^53 keep every digit, live and rendered, JSON and JSON5',
    live: '{id: 12345678901234567890, n: -9007199254740993}',
    rendered: '{"list":[9007199254740993]}',
    expected: '{"id":12345678901234567890,"n":-9007199254740993,"list":[9007199254740993]}',
  },
];

for (const { name, live, rendered, forcePaths = [], expected } of merges) {
  test(name, async (t) => {
    const config = await seeding(t, live);
    await config.seed(rendered, { forcePaths });
    assert.equal((await config.live()).replace(/\s/g, ''), expected);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.deepEqual(await config.seed(rendered, { forcePaths }), []);
  });
}

test('the file is private, and becomes so without being rewritten', async (t) => {
  const config = await seeding(t, '{"a":1}');
  await config.seed('{"b":2}');
  assert.equal((await lstat(config.target)).mode & 0o7777, 0o600);
  await asPodUser(() => chmod(config.target, 0o644));
  const { ino } = await lstat(config.target);
  await config.seed('{"b":2}');
  const after = await lstat(config.target);
  assert.deepEqual([after.mode & 0o7777, after.ino], [0o600, ino]);
});

test('a live file that has every value already keeps its notation and comments', async (t) => {
  const text = "// my notes\n{ b: 2, 'a': 1 }\n";
  const config = await seeding(t, text);
  assert.deepEqual(await config.seed('{"a":1}'), []);
  assert.equal(await config.live(), text);
});

for (const [what, live] of [
  ['half a file', '{"gateway": {"auth": {"token": "s3cret-s3cret'],
  ['nothing', ''],
  ['a list', '["s3cret"]'],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1')],
  ['a number that JSON cannot say', '{a: Infinity}'],
] as const) {
  test(`an unparsable live file (${what}) is kept beside and its text is not logged`, async (t) => {
    const config = await seeding(t);
    const bytes = Buffer.from(live, 'latin1');
    await asPodUser(() => writeFile(config.target, bytes));
    const lines = await config.seed('{"a":1}');
    const backup = `openclaw.json.unparsable-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.bak`;
    assert.deepEqual(await readFile(join(config.state, backup)), bytes);
    assert.equal((await lstat(join(config.state, backup))).mode & 0o7777, 0o600);
    assert.equal(await config.live(), '{\n  "a": 1\n}\n');
    assert.ok(lines[0]?.includes(backup) && !lines.join('\n').includes('s3cret'), lines.join('\n'));
    assert.deepEqual(await config.seed('{"a":1}'), []);
  });
}

test('text nested too deeply to be a configuration counts as unparsable', async (t) => {
  const config = await seeding(t, `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
  await config.seed('{"a":1}');
  assert.equal(await config.live(), '{\n  "a": 1\n}\n');
});

test('a link is read through and replaced by a file; its target stays as it is', async (t) => {
  const config = await seeding(t, '{"a":1}');
  await asPodUser(async () => {
    await writeFile(join(config.state, 'real.json'), '{"live":true}');
    await rm(config.target);
    await symlink('real.json', config.target);
  });
  await config.seed('{"a":2}');
  assert.ok((await lstat(config.target)).isFile());
  assert.deepEqual(JSON.parse(await config.live()), { live: true, a: 2 });
  assert.equal(await readFile(join(config.state, 'real.json'), 'utf8'), '{"live":true}');
});

test('a dangling link counts as missing; a directory is an error', async (t) => {
  const config = await seeding(t);
  await asPodUser(() => symlink('/nowhere', config.target));
  await config.seed('{"a":1}');
  assert.deepEqual(JSON.parse(await config.live()), { a: 1 });
  await asPodUser(() => rm(config.target));
  await fill(config.state, { 'openclaw.json': null });
  await assert.rejects(config.seed('{"a":1}'), /found a directory at ".*openclaw.json", expected the configuration file/);
});

test('POD-259 overwrite puts the rendered bytes in place and ignores force paths', async (t) => {
  const config = await seeding(t, '{"a":1,"live":true}');
  const rendered = '{ "a": 1 }';
  assert.deepEqual(await config.seed(rendered, { mode: 'overwrite', forcePaths: ['a'] }), [`wrote "${config.target}"`]);
  assert.equal(await config.live(), rendered);
  assert.deepEqual(await config.seed(rendered, { mode: 'overwrite' }), []);
  assert.deepEqual(
    (await treeOf(config.state)).map((line) => line.split(' ')[0]),
    ['.', 'openclaw.json'],
  );
});

test('a rendered configuration that is no object is refused and the live one stays', async (t) => {
  const config = await seeding(t, '{"a":1}');
  for (const rendered of ['[]', '{', 'null'])
    await assert.rejects(config.seed(rendered), /the rendered configuration ".*" is .*, expected a JSON object/);
  assert.equal(await config.live(), '{"a":1}');
});
