import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { CONFIG, field, MAIN, names, POD, type Rendered, rendered, SET, testRows } from './rendered.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const SKILLS = `${POD}.initContainers[name=install-skills]`;
const TOOLS = `${POD}.initContainers[name=install-tools]`;
const PLAN = 'data["install-skills.json"]';

testRows([
  ['POD-186 no skills: no installer', '{}', SET, SKILLS, absent],
  ['POD-186 no skills: no directory for it', '{}', SET, `${POD}.volumes[name=skills-tmp]`, absent],
  [
    'POD-204 no plugins: nothing of them in the configuration',
    '{observability: {metrics: {enabled: false}}}',
    CONFIG,
    'data["openclaw.json"].plugins',
    absent,
  ],
  ['POD-204 an empty list', '{plugins: [], skills: []}', SET, SKILLS, absent],
  [
    "POD-188 the installer gets the user's sources",
    '{skills: [a], envFrom: [{secretRef: {name: keys}}]}',
    SET,
    `${SKILLS}.envFrom`,
    [{ secretRef: { name: 'keys' } }],
  ],
  ['POD-097 pnpm on the PATH', '{runtimeDeps: {pnpm: true}}', SET, `${MAIN}.env[name=PATH].value`, `/home/openclaw/.local/bin:${PATH}`],
  ['POD-097 Python on the PATH', '{runtimeDeps: {python: true}}', SET, `${MAIN}.env[name=PATH].value`, `/home/openclaw/.local/bin:${PATH}`],
  [
    'POD-098 the commands of an npm skill on the PATH',
    '{skills: ["npm:a"]}',
    SET,
    `${MAIN}.env[name=PATH].value`,
    `/home/openclaw/.local/bin:${PATH}`,
  ],
  [
    'POD-099 also one of another workspace',
    '{workspace: {additionalWorkspaces: [{name: b, skills: ["npm:a"]}]}}',
    SET,
    `${MAIN}.env[name=PATH].value`,
    `/home/openclaw/.local/bin:${PATH}`,
  ],
  [
    'POD-097 POD-098 the directory once',
    '{skills: ["npm:a"], runtimeDeps: {pnpm: true}}',
    SET,
    `${MAIN}.env[name=PATH].value`,
    `/home/openclaw/.local/bin:${PATH}`,
  ],
  ['POD-100 no PATH for skills of ClawHub', '{skills: [a]}', SET, `${MAIN}.env[name=PATH]`, absent],
  ['POD-108 nothing over the skills of the image', '{skills: ["npm:a"]}', SET, `${MAIN}.volumeMounts[mountPath=/app/skills]`, absent],
  ['POD-190 an npm skill is a package', '{skills: ["npm:@scope/a@1.2.0"]}', CONFIG, `${PLAN}.packages[0].package`, '@scope/a'],
  ['POD-190 and no skill of ClawHub', '{skills: ["npm:@scope/a@1.2.0"]}', CONFIG, `${PLAN}.skills`, []],
  [
    'POD-198 that of a workspace is installed for everybody',
    '{workspace: {additionalWorkspaces: [{name: b, skills: ["npm:a@2.0.0"]}]}}',
    CONFIG,
    `${PLAN}.packages`,
    [{ integrity: null, key: 'package:a', name: 'npm:a@2.0.0', package: 'a', version: '2.0.0' }],
  ],
  [
    'POD-196 a skill of a workspace has its place there',
    '{workspace: {additionalWorkspaces: [{name: b, skills: ["@o/a"]}]}}',
    CONFIG,
    `${PLAN}.skills`,
    [
      {
        integrity: null,
        key: 'skill:openclaw/workspace-b/skills/a',
        name: '@o/a',
        owner: 'o',
        root: 'openclaw/workspace-b',
        slug: 'a',
        version: null,
      },
    ],
  ],
  ['POD-202 a plugin without prefix is of ClawHub', '{plugins: [voice@1.2.3]}', CONFIG, `${PLAN}.plugins[0].source`, 'clawhub'],
  ['POD-202 npm is npm', '{plugins: ["npm:@scope/voice@1.2.3"]}', CONFIG, `${PLAN}.plugins[0].source`, 'npm'],
  ['POD-202 the version is kept', '{plugins: ["npm:@scope/voice@1.2.3"]}', CONFIG, `${PLAN}.plugins[0].version`, '1.2.3'],
  ['POD-202 what is there is replaced', '{plugins: [voice], image: {tag: 2026.7.1}}', CONFIG, `${PLAN}.pluginOptions`, ['--force']],
  [
    'POD-202 newer versions ask about capabilities',
    '{plugins: [voice], image: {tag: 2026.8.2}}',
    CONFIG,
    `${PLAN}.pluginOptions`,
    ['--force', '--accept-capabilities'],
  ],
  [
    'POD-202 the plugin is enabled',
    '{plugins: ["npm:@scope/voice-plugin@1.2.3"]}',
    CONFIG,
    'data["openclaw.json"].plugins.entries.voice.enabled',
    true,
  ],
  ['POD-179 no runtime dependencies', '{runtimeDeps: {pnpm: false, python: false}}', SET, TOOLS, absent],
]);

function plan(result: Rendered, list: string, key: string): readonly Json[] {
  return (field(result, CONFIG, `${PLAN}.${list}`) as readonly { readonly [key: string]: Json }[]).map((item) => item[key] ?? null);
}

test('POD-189 spellings of a name on ClawHub', () => {
  for (const [name, owner, slug] of [
    ['fetch', null, 'fetch'],
    ['@anthropic/fetch', 'anthropic', 'fetch'],
    ['anthropic/fetch', 'anthropic', 'fetch'],
    ['@fetch', null, 'fetch'],
    ['Anthropic/fetch@1.0.0', 'anthropic', 'fetch'],
  ] as const) {
    const result = rendered(`{skills: ["${name}"]}`);
    assert.deepEqual([plan(result, 'skills', 'owner'), plan(result, 'skills', 'slug')], [[owner], [slug]], name);
  }
});

test('POD-195 POD-199 skills are sorted, those of all agents first, then workspace by workspace', () => {
  const result = rendered(
    '{skills: [b, "@a/z", a], workspace: {additionalWorkspaces: [{name: y, skills: [d, c]}, {name: x, skills: [e]}]}, plugins: [q, p]}',
  );
  assert.deepEqual(plan(result, 'skills', 'name'), ['@a/z', 'a', 'b', 'e', 'c', 'd']);
  assert.deepEqual(plan(result, 'plugins', 'name'), ['p', 'q']);
});

test('POD-042 POD-178 POD-205 tools, skills and plugins, in this order, before what the user brings', () => {
  const spec =
    '{config: {raw: {agents: {}}}, skills: [a], plugins: [b], runtimeDeps: {pnpm: true, python: true}, initContainers: [{name: mine, image: "i:1"}]}';
  assert.deepEqual(names(field(rendered(spec), SET, `${POD}.initContainers`)), [
    'prepare',
    'copy-uv',
    'install-tools',
    'install-skills',
    'mine',
  ]);
});

test('POD-193 POD-194 packs reach no installer', () => {
  const result = rendered('{skills: [a]}');
  assert.deepEqual(plan(result, 'skills', 'name'), ['a']);
  const text = JSON.stringify(field(result, CONFIG, PLAN));
  assert.ok(!text.includes('pack:'));
});

test('POD-302 POD-303 what is installed is in the hash', () => {
  const specs = [
    '{}',
    '{skills: [a]}',
    '{workspace: {additionalWorkspaces: [{name: b, skills: [a]}]}}',
    '{workspace: {additionalWorkspaces: [{name: c, skills: [a]}]}}',
    '{workspace: {additionalWorkspaces: [{name: b, skills: []}]}}',
    '{plugins: [a]}',
    '{runtimeDeps: {pnpm: true}}',
    '{runtimeDeps: {python: true}}',
    '{initContainers: [{name: mine, image: "i:1"}], skills: [a, b]}',
  ];
  const hashes = specs.map((spec) => field(rendered(spec), SET, 'spec.template.metadata.annotations["openclaw.rocks/config-hash"]'));
  assert.equal(new Set(hashes).size, specs.length);
});

test('POD-314 ARD-186 runtime dependencies of the instance and of the cluster are joined', () => {
  const defaults = (deps: string): string =>
    `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawClusterDefaults\nmetadata: {name: cluster}\nspec: {runtimeDeps: ${deps}}\n`;
  const cases = [
    ['{}', '{}', false, false],
    ['{runtimeDeps: {pnpm: true}}', '{python: true}', true, true],
    ['{runtimeDeps: {pnpm: false}}', '{pnpm: true}', true, false],
    ['{}', '{python: true}', false, true],
    ['{runtimeDeps: {pnpm: true, python: true}}', '{pnpm: false, python: false}', true, true],
  ] as const;
  for (const [spec, deps, pnpm, python] of cases) {
    const found = field(rendered(spec, defaults(deps)), CONFIG, 'data["install-tools.json"]');
    const wanted = found === absent ? {} : (JSON.parse(found as string) as { pnpm?: unknown; python?: unknown });
    assert.deepEqual(
      [wanted.pnpm ?? null, wanted.python ?? null].map((item) => item !== null),
      [pnpm, python],
      `${spec} ${deps}`,
    );
  }
});

test('POD-315 the environment of the cluster reaches the agent and the installers', () => {
  const defaults =
    'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawClusterDefaults\nmetadata: {name: cluster}\nspec: {env: [{name: HTTPS_PROXY, value: "http://proxy:3128"}]}\n';
  const result = rendered('{skills: [a], plugins: [b], runtimeDeps: {pnpm: true}}', defaults);
  for (const container of [MAIN, SKILLS, TOOLS]) {
    assert.equal(field(result, SET, `${container}.env[name=HTTPS_PROXY].value`), 'http://proxy:3128', container);
  }
});

test('D17 no variable of the user lets packages run scripts', () => {
  const result = rendered('{skills: [a], env: [{name: NPM_CONFIG_IGNORE_SCRIPTS, value: "false"}]}');
  assert.equal(field(result, SET, `${SKILLS}.env[name=NPM_CONFIG_IGNORE_SCRIPTS].value`), 'true');
  const list = names(field(result, SET, `${SKILLS}.env`));
  assert.equal(new Set(list).size, list.length);
});
