import { lockDocuments } from '../../../properties/locked-packs.ts';
import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const files = (list: string): string => bot(`{workspace: {initialFiles: {${list}}}}`);
const directories = (list: string): string => bot(`{workspace: {initialDirectories: [${list}]}}`);
const referenced = (keys: string): string =>
  documents(
    bot('{workspace: {configMapRef: {name: files}}}'),
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: files, namespace: agents}\ndata: {${keys}}\n`,
  );

const BAD_FILES: readonly (readonly [file: string, problem: string])[] = [
  ['/a.md', 'is absolute'],
  ['a/', 'ends with "/"'],
  ['a//b.md', 'has an empty part'],
  ['a/../b.md', 'has ".."'],
  ['a..b.md', 'has ".."'],
  ['.env', 'has a hidden part'],
  ['a/.git/b', 'has a hidden part'],
];
const BAD_DIRECTORIES: readonly (readonly [directory: string, problem: string])[] = [
  ['', 'is empty'],
  ['/a', 'is absolute'],
  ['a/../b', 'has ".."'],
  ['a..b', 'has ".."'],
];
const BAD_SKILLS: readonly (readonly [name: string, problem: string])[] = [
  ['', 'is empty'],
  ['npm:', 'names nothing after "npm:", where a package belongs'],
  ['pack:', 'names nothing after "pack:", where owner/repository/path belongs'],
  ['foo:bar', 'has a character other than letters, digits, "-", "_", "/", "." and "@"'],
  ['a b', 'has a character other than letters, digits, "-", "_", "/", "." and "@"'],
  ['npm:a$(id)', 'has a character other than letters, digits, "-", "_", "/", "." and "@"'],
  ['pack:owner/repository', 'does not name owner, repository and path'],
  ['pack:owner//path', 'does not name owner, repository and path'],
  ['pack:owner/repository/../path', 'has "." or ".." as a part'],
  ['pack:owner/repository/path@', 'has no revision after "@"'],
  ['@owner/sub/name', 'has more than an owner and a name'],
  ['my_skill', 'has a name of other characters than letters, digits and "-" between them'],
  ['a.b@1.0.0', 'has a name of other characters than letters, digits and "-" between them'],
  ['-/name', 'has an owner that ClawHub does not know as one'],
  ['@owner/name@', 'has no version after "@"'],
  ['npm:@scope', 'does not name a package as npm does'],
  ['npm:a/b', 'does not name a package as npm does'],
];
const GOOD_SKILLS = [
  'github',
  '@owner/name',
  'owner/other',
  '@single',
  'Owner/with-version@1.2.3',
  'npm:@scope/package',
  'npm:package@1.2.3',
  'pack:owner/repository/path',
  'pack:a/b/nested/deep/path@abc123',
  'x'.repeat(128),
];

/** A pack with a text of this length, in two workspaces. */
function withPack(length: number): string {
  const spec = '{skills: ["@team/x@1.0.0", "pack:a/b/c"], workspace: {additionalWorkspaces: [{name: a, skills: ["pack:a/b/c"]}]}}';
  const lock = lockDocuments({ 'pack:a/b/c': { 'SKILL.md': 'x', 'text.md': 'x'.repeat(length) } });
  return documents(bot(spec), ...lock.map((document) => `${JSON.stringify(document)}\n`));
}

export const WORKSPACE_CASES: RuleCases = {
  'workspace-path': [
    {
      title: 'POD-320 ARD-161 openclaw.json at the root',
      input: files('openclaw.json: text'),
      expected: [
        'error spec.workspace.initialFiles["openclaw.json"]: file "openclaw.json" is the name of the configuration; expected a path inside the workspace',
      ],
    },
    ...BAD_FILES.map(([file, problem]) => ({
      title: `POD-319 ARD-161 the file ${file}`,
      input: files(`${file}: text`),
      expected: [`error spec.workspace.initialFiles["${file}"]: file "${file}" ${problem}; expected a path inside the workspace`],
    })),
    {
      title: 'POD-319 ARD-161 a file without a name, one with a backslash, one too long',
      input: files(`"": a, "a\\\\b": c, ${'d'.repeat(254)}: e`),
      expected: [
        'error spec.workspace.initialFiles[""]: file "" is empty; expected a path inside the workspace',
        'error spec.workspace.initialFiles["a\\\\b"]: file "a\\\\b" has a backslash; expected a path inside the workspace',
        'error spec.workspace.initialFiles.dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd: file "ddddddddddddddddddddddddddddddddddddddd…" is longer than 253 bytes; expected a path inside the workspace',
      ],
    },
    {
      title: 'POD-320 ARD-161 nested files, openclaw.json among them',
      input: files('docs/openclaw.json: a, SOUL.md: b, a/b/c.md: d, "wörk space.md": e'),
      expected: [],
    },
    ...BAD_DIRECTORIES.map(([directory, problem]) => ({
      title: `POD-321 ARD-162 the directory "${directory}"`,
      input: directories(`"${directory}"`),
      expected: [`error spec.workspace.initialDirectories[0]: directory "${directory}" ${problem}; expected a path inside the workspace`],
    })),
    {
      title: 'POD-321 ARD-162 a directory with a backslash, and one too long',
      input: directories(`"a\\\\b", ${'d'.repeat(254)}`),
      expected: [
        'error spec.workspace.initialDirectories[0]: directory "a\\\\b" has a backslash; expected a path inside the workspace',
        'error spec.workspace.initialDirectories[1]: directory "ddddddddddddddddddddddddddddddddddddddd…" is longer than 253 bytes; expected a path inside the workspace',
      ],
    },
    { title: 'POD-321 ARD-162 nested, hidden and slashed directories', input: directories('a/b/c, .hidden/x, d/, .'), expected: [] },
    {
      title: 'POD-319 ARD-164 ARD-333 names in a referenced ConfigMap are flat',
      input: referenced('SOUL.md: a, .hidden: b, a..b: c, openclaw.json: d, e/f: g'),
      expected: [
        'error ConfigMap/files data[".hidden"]: file ".hidden" has a hidden part; expected a path inside the workspace',
        'error ConfigMap/files data["a..b"]: file "a..b" has ".."; expected a path inside the workspace',
        'error ConfigMap/files data["openclaw.json"]: file "openclaw.json" is the name of the configuration; expected a path inside the workspace',
        'error ConfigMap/files data["e/f"]: file "e/f" has a "/"; expected a path inside the workspace',
      ],
    },
    {
      title: 'ARD-163 additional workspaces have the same rules',
      input: bot('{workspace: {additionalWorkspaces: [{name: a, initialFiles: {/a: b}, initialDirectories: [../c]}]}}'),
      expected: [
        'error spec.workspace.additionalWorkspaces[0].initialFiles["/a"]: file "/a" is absolute; expected a path inside the workspace',
        'error spec.workspace.additionalWorkspaces[0].initialDirectories[0]: directory "../c" has ".."; expected a path inside the workspace',
      ],
    },
    {
      title: 'no text of a file is ever shown',
      input: files('.secret: hunter2'),
      expected: ['error spec.workspace.initialFiles[".secret"]: file ".secret" has a hidden part; expected a path inside the workspace'],
    },
  ],
  'workspace-path-conflict': [
    {
      title: 'a file inside a file',
      input: files('a: one, a/b: two'),
      expected: ['error spec.workspace.initialFiles["a/b"]: file "a/b" lies in "a", which is a file too; expected it to be one of the two'],
    },
    {
      title: 'a directory that is a file, and one inside a file',
      input: bot('{workspace: {initialFiles: {a/b: x}, initialDirectories: [a/b, a/b/c, a]}}'),
      expected: [
        'error spec.workspace.initialDirectories[0]: directory "a/b" needs "a/b", which is a file too; expected it to be one of the two',
        'error spec.workspace.initialDirectories[1]: directory "a/b/c" needs "a/b", which is a file too; expected it to be one of the two',
      ],
    },
    {
      title: 'files and directories side by side',
      input: bot('{workspace: {initialFiles: {a/b: x, c: y}, initialDirectories: [a, a/d]}}'),
      expected: [],
    },
  ],
  'workspace-file-key': [
    {
      title: 'POD-334 D7 two files of one key',
      input: files('a--b.md: one, a/b.md: two'),
      expected: [
        'error spec.workspace.initialFiles["a/b.md"]: file "a/b.md" has the same key, "a--b.md", as file "a--b.md"; expected different ones',
      ],
    },
    {
      title: 'POD-334 D7 a file that looks like one of another workspace',
      input: bot('{workspace: {initialFiles: {--ws--team--a.md: x}, additionalWorkspaces: [{name: team, initialFiles: {a.md: y}}]}}'),
      expected: [
        'error spec.workspace.additionalWorkspaces[0].initialFiles["a.md"]: file "a.md" of workspace "team" has the same key, "--ws--team--a.md", as file "--ws--team--a.md"; expected different ones',
      ],
    },
    {
      title: 'POD-334 D8 a key that is too long once it is encoded',
      input: files(`${'ü'.repeat(40)}: x`),
      expected: [
        'error spec.workspace.initialFiles["üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"]: file "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" needs a key of 320 characters; expected at most 253',
      ],
    },
    {
      title: 'POD-334 D8 characters that a key may not have are encoded',
      input: files('"a b.md": x, "ä.md": y, "a/b c.md": z'),
      expected: [],
    },
    {
      title: 'POD-334 an inline file replaces the referenced one',
      input: referenced('a.md: x').replace('configMapRef', 'initialFiles: {a.md: y}, configMapRef'),
      expected: [],
    },
  ],
  'workspace-file-replaced': [
    {
      title: 'a file of ours',
      input: files('ENVIRONMENT.md: x'),
      expected: [
        'warning spec.workspace.initialFiles["ENVIRONMENT.md"]: file "ENVIRONMENT.md" is replaced by the one that every workspace gets; expected another name',
      ],
    },
    {
      title: 'the first conversation, in the default workspace only',
      input: bot(
        '{workspace: {initialFiles: {BOOTSTRAP.md: x}, additionalWorkspaces: [{name: a, initialFiles: {BOOTSTRAP.md: x, ENVIRONMENT.md: y}}]}}',
      ),
      expected: [
        'warning spec.workspace.initialFiles["BOOTSTRAP.md"]: file "BOOTSTRAP.md" is replaced by the one that every workspace gets; expected another name',
        'warning spec.workspace.additionalWorkspaces[0].initialFiles["ENVIRONMENT.md"]: file "ENVIRONMENT.md" is replaced by the one that every workspace gets; expected another name',
      ],
    },
    { title: 'bootstrap is off', input: bot('{workspace: {bootstrap: {enabled: false}, initialFiles: {BOOTSTRAP.md: x}}}'), expected: [] },
  ],
  'workspace-name': [
    {
      title: 'POD-322 ARD-163 one name twice',
      input: bot('{workspace: {additionalWorkspaces: [{name: a}, {name: b}, {name: a}]}}'),
      expected: ['error spec.workspace.additionalWorkspaces[2].name: "a" is the name of another workspace too; expected a name of its own'],
    },
    {
      title: 'POD-322 ARD-163 names of their own',
      input: bot('{workspace: {additionalWorkspaces: [{name: a}, {name: a-b}]}}'),
      expected: [],
    },
  ],
  'config-map-too-large': [
    {
      title: 'more than a ConfigMap can hold',
      input: files(`a.md: "${'x'.repeat(1_050_000)}"`),
      expected: [
        'error spec.workspace: 1050004 bytes of workspace files; expected at most 1032192, which a ConfigMap can hold beside what is added',
      ],
    },
    {
      title: 'W-37 files of skill packs',
      input: withPack(1_200_000),
      expected: [
        'error spec.skills[1]: 1200038 bytes of files of skill packs; expected at most 1032192, which a ConfigMap can hold beside what is added',
      ],
    },
    {
      title: 'in bytes, not in characters',
      input: files(`a.md: "${'ü'.repeat(600_000)}"`),
      expected: [
        'error spec.workspace: 1200004 bytes of workspace files; expected at most 1032192, which a ConfigMap can hold beside what is added',
      ],
    },
    {
      title: 'the configuration',
      input: bot(`{config: {raw: {ui: {text: "${'x'.repeat(1_050_000)}"}}}}`),
      expected: [
        'error spec.config: 1050032 bytes of configuration; expected at most 1032192, which a ConfigMap can hold beside what is added',
      ],
    },
    {
      title: 'what leaves too little room for ours',
      input: files(`a.md: "${'x'.repeat(1_032_189)}"`),
      expected: [
        'error spec.workspace: 1032193 bytes of workspace files; expected at most 1032192, which a ConfigMap can hold beside what is added',
      ],
    },
    { title: 'as much as it can', input: files(`a.md: "${'x'.repeat(1_032_188)}"`), expected: [] },
  ],
  'config-map-large': [
    {
      title: 'more than client-side apply can hold',
      input: files(`a.md: "${'x'.repeat(200_000)}"`),
      expected: ['warning spec.workspace: 200004 bytes of workspace files; expected at most 200000, which client-side apply can hold'],
    },
    {
      title: 'in bytes, not in characters',
      input: files(`a.md: "${'ü'.repeat(100_000)}"`),
      expected: ['warning spec.workspace: 200004 bytes of workspace files; expected at most 200000, which client-side apply can hold'],
    },
    {
      title: 'W-37 files of skill packs, a pack of two workspaces once',
      input: withPack(200_000),
      expected: ['warning spec.skills[1]: 200038 bytes of files of skill packs; expected at most 200000, which client-side apply can hold'],
    },
    { title: 'less', input: files(`a.md: "${'x'.repeat(199_996)}"`), expected: [] },
    { title: 'too much is another rule', input: files(`a.md: "${'x'.repeat(1_050_000)}"`), expected: [] },
  ],
  'skill-name': [
    {
      title: 'POD-323 ARD-154 nothing after the prefix',
      input: bot('{skills: ["npm:"]}'),
      expected: ['error spec.skills[0]: "npm:" names nothing after "npm:", where a package belongs; expected the name of a skill'],
    },
    ...BAD_SKILLS.map(([name, problem]) => ({
      title: `POD-323 ARD-154 "${name}" is no skill`,
      input: bot(`{skills: ["${name}"]}`),
      expected: [`error spec.skills[0]: "${name}" ${problem}; expected the name of a skill`],
    })),
    {
      title: 'POD-323 ARD-154 more than 128 characters',
      input: bot(`{skills: [${'x'.repeat(129)}]}`),
      expected: [
        'error spec.skills[0]: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" has 129 characters, which is more than 128; expected the name of a skill',
      ],
    },
    {
      title: 'ARD-163 in an additional workspace',
      input: bot('{workspace: {additionalWorkspaces: [{name: a, skills: [ok, "a b"]}]}}'),
      expected: [
        'error spec.workspace.additionalWorkspaces[0].skills[1]: "a b" has a character other than letters, digits, "-", "_", "/", "." and "@"; expected the name of a skill',
      ],
    },
    {
      title: 'POD-323 ARD-154 names, packages and packs',
      input: bot(`{skills: [${GOOD_SKILLS.map((name) => `"${name}"`).join(', ')}]}`),
      expected: [],
    },
    {
      title: 'POD-325 ARD-163 one skill in two workspaces',
      input: bot('{skills: [a], workspace: {additionalWorkspaces: [{name: b, skills: [a]}, {name: c, skills: [a]}]}}'),
      expected: [],
    },
  ],
  'plugin-name': [
    {
      title: 'POD-324 ARD-155 a prefix that plugins do not have',
      input: bot('{plugins: ["pack:a/b/c"]}'),
      expected: [
        'error spec.plugins[0]: "pack:a/b/c" has a character other than letters, digits, "-", "_", "/", "." and "@"; expected the name of a plugin',
      ],
    },
    {
      title: 'POD-324 ARD-155 nothing, nothing after the prefix, a colon, too long',
      input: bot(`{plugins: ["", "npm:", "clawhub:x", ${'x'.repeat(129)}]}`),
      expected: [
        'error spec.plugins[0]: "" is empty; expected the name of a plugin',
        'error spec.plugins[1]: "npm:" names nothing after "npm:", where a package belongs; expected the name of a plugin',
        'error spec.plugins[2]: "clawhub:x" has a character other than letters, digits, "-", "_", "/", "." and "@"; expected the name of a plugin',
        'error spec.plugins[3]: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" has 129 characters, which is more than 128; expected the name of a plugin',
      ],
    },
    {
      title: 'POD-324 ARD-155 names that neither registry has',
      input: bot('{plugins: [a/b, "npm:A", "voice@"]}'),
      expected: [
        'error spec.plugins[0]: "a/b" does not name a package as ClawHub does; expected the name of a plugin',
        'error spec.plugins[1]: "npm:A" does not name a package as npm does; expected the name of a plugin',
        'error spec.plugins[2]: "voice@" has no version after "@"; expected the name of a plugin',
      ],
    },
    {
      title: 'POD-324 ARD-155 names and packages',
      input: bot('{plugins: [voice, "@scope/other", "npm:@scope/package@1.0.0"]}'),
      expected: [],
    },
  ],
  'package-conflict': [
    {
      title: 'two owners of one skill',
      input: bot('{skills: ["@a/notes", "b/notes@1.0.0"]}'),
      expected: ['error spec.skills[1]: "b/notes@1.0.0" is installed in the place of "@a/notes"; expected one of them'],
    },
    {
      title: 'two versions of one npm package, in two workspaces',
      input: bot('{skills: ["npm:a@1.0.0"], workspace: {additionalWorkspaces: [{name: b, skills: ["npm:a@2.0.0"]}]}}'),
      expected: [
        'error spec.workspace.additionalWorkspaces[0].skills[0]: "npm:a@2.0.0" is installed in the place of "npm:a@1.0.0"; expected one of them',
      ],
    },
    {
      title: 'two plugins that come to one id',
      input: bot('{plugins: ["npm:@a/voice@1.0.0", "voice@1.0.0", "voice@1.0.0"]}'),
      expected: [
        'error spec.plugins[1]: "voice@1.0.0" is installed in the place of "npm:@a/voice@1.0.0"; expected one of them',
        'error spec.plugins[2]: "voice@1.0.0" is installed in the place of "npm:@a/voice@1.0.0"; expected one of them',
      ],
    },
    {
      title: 'one name in two workspaces',
      input: bot(
        '{skills: ["@a/notes", "npm:b@1.0.0"], workspace: {additionalWorkspaces: [{name: c, skills: ["@a/notes", "npm:b@1.0.0"]}]}}',
      ),
      expected: [],
    },
  ],
  'install-failure': [
    {
      title: 'a word that is no choice',
      input: bot('{}', 'annotations: {gitops.openclaw.rocks/install-failure: ignore}'),
      expected: [
        'error metadata.annotations["gitops.openclaw.rocks/install-failure"]: "ignore" is no choice of what happens when an installation fails; expected "fail" or "start"',
      ],
    },
    ...['fail', 'start'].map((choice) => ({
      title: choice,
      input: bot('{}', `annotations: {gitops.openclaw.rocks/install-failure: ${choice}}`),
      expected: [],
    })),
  ],
};
