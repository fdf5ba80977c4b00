import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { lockDocuments } from '../../properties/locked-packs.ts';
import { absent } from '../shape.ts';
import { CONFIG, field, rendered, refusals, SET } from './rendered.ts';

const FILES = 'ConfigMap/bot-skills';
const ROOT = '/data/openclaw/workspace';
const SOURCES = '/volumes/skill-packs';
const RECORD = '/data/.skillpack-manifest';

type Packs = Parameters<typeof lockDocuments>[0];

interface Placed {
  readonly source: string;
  readonly path: string;
  readonly executable?: true;
}

interface PreparePlan {
  readonly directories: readonly { readonly path: string }[];
  readonly files: readonly { readonly source: string; readonly target: string }[];
  readonly replaceSets: readonly { readonly root: string; readonly record: string; readonly files: readonly Placed[] }[];
}

function locked(packs: Packs): string[] {
  return lockDocuments(packs).map((document) => JSON.stringify(document));
}

function plan(spec: string, packs: Packs): PreparePlan {
  return JSON.parse(field(rendered(spec, ...locked(packs)), CONFIG, 'data["prepare.json"]') as string) as PreparePlan;
}

/** Paths in the workspaces, by root. */
function placed(spec: string, packs: Packs): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(plan(spec, packs).replaceSets.map(({ root, files }) => [root, files.map(({ path }) => path)]));
}

function entries(spec: string, packs: Packs): Json {
  return (
    JSON.parse(field(rendered(spec, ...locked(packs)), CONFIG, 'data["openclaw.json"]') as string) as { skills?: { entries?: JsonObject } }
  ).skills?.entries as Json;
}

function hash(spec: string, packs: Packs): Json {
  return field(rendered(spec, ...locked(packs)), SET, 'spec.template.metadata.annotations["openclaw.rocks/config-hash"]') as Json;
}

function manifest(files: Readonly<Record<string, string>>, config: object = {}, directories: readonly string[] = []): string {
  return JSON.stringify({ files, directories, config });
}

const WRITER = { 'pack:team/packs/writer@v1': { 'SKILL.md': 'Write.\n', 'lib/run.sh': '#!/bin/sh\n' } };
const ONE = {
  'pack:a/a/one': {
    'skillpack.json': manifest({ 'skills/x/SKILL.md': 'a', 'AGENTS.md': 'a' }, { x: { enabled: true } }, ['out/']),
    a: 'one',
  },
};
const TWO = { 'pack:a/a/two': { 'skillpack.json': manifest({ 'skills/y/SKILL.md': 'a' }, { x: { enabled: false }, y: {} }), a: 'two' } };
const SKILLS = 'skills: ["pack:team/packs/writer@v1"]';

test('POD-193 POD-194 ARD-321 packs are placed and never reach an installer', () => {
  const { objects } = rendered(`{${SKILLS}}`, ...locked(WRITER));
  assert.doesNotMatch(JSON.stringify(objects), /pack:team/);
  const set = objects.find(({ kind }) => kind === 'StatefulSet') as unknown as {
    spec: { template: { spec: { initContainers: { name: string }[] } } };
  };
  assert.deepEqual(
    set.spec.template.spec.initContainers.map(({ name }) => name),
    ['prepare'],
  );
  const mixed = rendered(`{skills: ["@team/one@1.0.0", "pack:team/packs/writer@v1"]}`, ...locked(WRITER));
  assert.match(JSON.stringify(mixed.objects), /@team\/one/);
  assert.doesNotMatch(JSON.stringify(mixed.objects), /pack:team/);
});

test('POD-286 ARD-311 a manifest says files, directories and configuration', () => {
  const spec = '{skills: ["pack:a/a/one"]}';
  assert.deepEqual(placed(spec, ONE), { [ROOT]: ['AGENTS.md', 'skills/x/SKILL.md'] });
  assert.ok(plan(spec, ONE).directories.some(({ path }) => path === `${ROOT}/out`));
  assert.deepEqual(entries(spec, ONE), { x: { enabled: true } });
  assert.equal(field(rendered(spec, ...locked(ONE)), FILES, 'data["skills--x--SKILL.md"]'), 'one');
});

test('POD-287 ARD-312 a pack without a manifest is one skill, with its programs, and says no configuration', () => {
  const { replaceSets } = plan(`{${SKILLS}}`, WRITER);
  assert.deepEqual(replaceSets, [
    {
      root: ROOT,
      record: RECORD,
      files: [
        { source: `${SOURCES}/skills--writer--SKILL.md`, path: 'skills/writer/SKILL.md' },
        { source: `${SOURCES}/skills--writer--lib--run.sh`, path: 'skills/writer/lib/run.sh', executable: true },
      ],
    },
  ]);
  assert.equal(entries(`{${SKILLS}}`, WRITER), undefined);
});

test('POD-289 ARD-318 Replace places at every start, and a change of content restarts the agent', () => {
  const changed = { 'pack:team/packs/writer@v1': { ...WRITER['pack:team/packs/writer@v1'], 'SKILL.md': 'Write more.\n' } };
  assert.notEqual(hash(`{${SKILLS}}`, WRITER), hash(`{${SKILLS}}`, changed));
  assert.deepEqual(placed(`{${SKILLS}}`, WRITER), placed(`{${SKILLS}}`, changed));
});

test('POD-292 without packs every workspace has an empty set, which cleans up', () => {
  assert.deepEqual(plan('{workspace: {additionalWorkspaces: [{name: a}]}}', {}).replaceSets, [
    { root: ROOT, record: RECORD, files: [] },
    { root: `${ROOT}-a`, record: `${RECORD}-ws-a`, files: [] },
  ]);
});

test('POD-294 ARD-319 CreateOnly seeds once, without a record, and a change of content waits', () => {
  const spec = `{skillPackUpdatePolicy: CreateOnly, ${SKILLS}}`;
  const { files, replaceSets } = plan(spec, WRITER);
  assert.deepEqual(replaceSets, []);
  assert.deepEqual(
    files.filter(({ source }) => source.startsWith(SOURCES)),
    [
      { source: `${SOURCES}/skills--writer--SKILL.md`, target: `${ROOT}/skills/writer/SKILL.md` },
      { source: `${SOURCES}/skills--writer--lib--run.sh`, target: `${ROOT}/skills/writer/lib/run.sh`, executable: true },
    ],
  );
  const changed = { 'pack:team/packs/writer@v1': { ...WRITER['pack:team/packs/writer@v1'], 'SKILL.md': 'Write more.\n' } };
  assert.equal(hash(spec, WRITER), hash(spec, changed));
});

test('POD-298 a policy that is null is Replace, and an empty one is refused as by the API server', () => {
  assert.deepEqual(plan('{skillPackUpdatePolicy: null}', {}), plan('{skillPackUpdatePolicy: Replace}', {}));
  assert.deepEqual(
    refusals('{skillPackUpdatePolicy: ""}').map((line) => line.split(':')[0]),
    ['schema/enum'],
  );
});

test('POD-295 POD-296 ARD-316 packs of a workspace have their own keys and record, and stay there', () => {
  const spec = `{skills: ["pack:a/a/one"], workspace: {additionalWorkspaces: [{name: research, ${SKILLS}}]}}`;
  const packs = { ...WRITER, ...ONE };
  assert.deepEqual(placed(spec, packs), {
    [ROOT]: ['AGENTS.md', 'skills/x/SKILL.md'],
    [`${ROOT}-research`]: ['skills/writer/SKILL.md', 'skills/writer/lib/run.sh'],
  });
  assert.deepEqual(Object.keys(field(rendered(spec, ...locked(packs)), FILES, 'data') as JsonObject), [
    '--ws--research--skills--writer--SKILL.md',
    '--ws--research--skills--writer--lib--run.sh',
    'AGENTS.md',
    'skills--x--SKILL.md',
  ]);
  assert.deepEqual(
    plan(spec, packs).replaceSets.map(({ record }) => record),
    [RECORD, `${RECORD}-ws-research`],
  );
});

test('a pack in two workspaces travels once', () => {
  const spec = `{${SKILLS}, workspace: {additionalWorkspaces: [{name: a, ${SKILLS}}]}}`;
  assert.deepEqual(Object.keys(field(rendered(spec, ...locked(WRITER)), FILES, 'data') as JsonObject), [
    'skills--writer--SKILL.md',
    'skills--writer--lib--run.sh',
  ]);
  const [ours, theirs] = plan(spec, WRITER).replaceSets;
  assert.deepEqual(theirs?.files, ours?.files);
});

const EVERY_SOURCE = {
  'pack:a/a/all': {
    'skillpack.json': manifest({ 'ENVIRONMENT.md': 'p', 'BOOTSTRAP.md': 'p', 'inline.md': 'p', 'referenced.md': 'p', 'pack.md': 'p' }),
    p: 'pack',
  },
};
const REFERENCED = `{apiVersion: v1, kind: ConfigMap, metadata: {name: files, namespace: agents}, data: {inline.md: map, referenced.md: map}}`;
const FROM_ALL = 'configMapRef: {name: files}, initialFiles: {inline.md: inline}';

/** What each file of a workspace is made from. */
function sources(spec: string, root: string): Readonly<Record<string, Json>> {
  const result = rendered(spec, ...locked(EVERY_SOURCE), REFERENCED);
  const { files, replaceSets } = JSON.parse(field(result, CONFIG, 'data["prepare.json"]') as string) as PreparePlan;
  const text = (source: string): Json => {
    const [, , volume, key] = source.split('/');
    return field(result, volume === 'skill-packs' ? FILES : 'ConfigMap/bot-workspace', `data["${key}"]`) as Json;
  };
  return Object.fromEntries([
    ...files.flatMap(({ source, target }) => (target.startsWith(`${root}/`) ? [[target.slice(root.length + 1), text(source)]] : [])),
    ...replaceSets.flatMap((set) => (set.root === root ? set.files.map(({ source, path }) => [path, text(source)]) : [])),
  ]) as Readonly<Record<string, Json>>;
}

for (const policy of ['Replace', 'CreateOnly']) {
  test(`POD-271 POD-297 ARD-317 priority with ${policy}: ours, inline, referenced, pack`, () => {
    const found = sources(`{skillPackUpdatePolicy: ${policy}, skills: ["pack:a/a/all"], workspace: {${FROM_ALL}}}`, ROOT);
    assert.deepEqual(
      { ...found, 'ENVIRONMENT.md': found['ENVIRONMENT.md'] === 'pack', 'BOOTSTRAP.md': found['BOOTSTRAP.md'] === 'pack' },
      { 'ENVIRONMENT.md': false, 'BOOTSTRAP.md': false, 'inline.md': 'inline', 'referenced.md': 'map', 'pack.md': 'pack' },
    );
  });
}

test('POD-275 priority in an additional workspace, where BOOTSTRAP.md is free', () => {
  const found = sources(`{workspace: {additionalWorkspaces: [{name: a, ${FROM_ALL}, skills: ["pack:a/a/all"]}]}}`, `${ROOT}-a`);
  assert.deepEqual(
    { ...found, 'ENVIRONMENT.md': found['ENVIRONMENT.md'] === 'pack' },
    { 'ENVIRONMENT.md': false, 'BOOTSTRAP.md': 'pack', 'inline.md': 'inline', 'referenced.md': 'map', 'pack.md': 'pack' },
  );
});

test('POD-242 ARD-320 entries: the user wins whole, then the workspace that is later by name', () => {
  const packs = { ...ONE, ...TWO };
  const both = '{skills: ["pack:a/a/one"], workspace: {additionalWorkspaces: [{name: z, skills: ["pack:a/a/two"]}]}';
  assert.deepEqual(entries(`${both}}`, packs), { x: { enabled: false }, y: {} });
  assert.deepEqual(entries(`${both}, config: {raw: {skills: {entries: {x: {apiKey: {source: env, provider: default, id: X}}}}}}}`, packs), {
    x: { apiKey: { source: 'env', provider: 'default', id: 'X' } },
    y: {},
  });
});

test('ARD-322 W-37 what cannot be placed is refused, and never looks like a pack without files', () => {
  assert.deepEqual(
    refusals(`{skills: ["pack:team/packs/writer@v1", "pack:a/a/gone"]}`, ...locked(WRITER)).map((line) => line.split(':')[0]),
    ['pack-not-locked'],
  );
});

test('ARD-324 D7 D8 files whose keys would collide or be no keys are kept apart', () => {
  const names = ['a--b.md', 'a/b.md', 'a-/b.md', 'a/-b.md', 'ñ.md', '_xc3_xb1.md', `${'x'.repeat(250)}.md`];
  const packs = { 'pack:a/a/odd': { 'SKILL.md': 'x', ...Object.fromEntries(names.map((name) => [name, name])) } };
  const result = rendered('{skills: ["pack:a/a/odd"]}', ...locked(packs));
  const data = field(result, FILES, 'data') as Readonly<Record<string, string>>;
  for (const key of Object.keys(data)) assert.match(key, /^[-._a-zA-Z0-9]{1,253}$/);
  const { replaceSets } = JSON.parse(field(result, CONFIG, 'data["prepare.json"]') as string) as PreparePlan;
  const found = Object.fromEntries((replaceSets[0]?.files ?? []).map(({ source, path }) => [path, data[source.slice(SOURCES.length + 1)]]));
  for (const name of names) assert.equal(found[`skills/odd/${name}`], name);
});

test('D9 bytes that are no text travel as they are', () => {
  const result = rendered('{skills: ["pack:a/a/b"]}', ...locked({ 'pack:a/a/b': { 'SKILL.md': 'x', 'a.bin': Buffer.from([0, 255]) } }));
  assert.equal(field(result, FILES, 'binaryData["skills--b--a.bin"]'), 'AP8=');
  assert.equal(field(result, FILES, 'data["skills--b--a.bin"]'), absent);
});
