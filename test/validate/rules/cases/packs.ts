import { lockDocuments } from '../../../properties/locked-packs.ts';
import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

type Packs = Parameters<typeof lockDocuments>[0];

function withLock(spec: string, packs: Packs): string {
  return documents(bot(spec), ...lockDocuments(packs).map((document) => `${JSON.stringify(document)}\n`));
}

function withoutFiles(spec: string, packs: Packs): string {
  const [lock] = lockDocuments(packs);
  return documents(bot(spec), `${JSON.stringify(lock)}\n`);
}

function manifest(files: Readonly<Record<string, string>>, config: object = {}): string {
  return JSON.stringify({ files, config });
}

const PACK = 'pack:team/packs/writer@v1';
const WRITER = { [PACK]: { 'SKILL.md': 'Write.\n' } };
const TWINS = {
  'pack:a/a/one': { 'skillpack.json': manifest({ 'skills/x/SKILL.md': 'a', 'skills/y/SKILL.md': 'a' }, { x: { enabled: true } }), a: 'a' },
  'pack:a/a/two': { 'skillpack.json': manifest({ 'skills/x/SKILL.md': 'b', 'skills/y/SKILL.md': 'b' }, { x: { enabled: false } }), b: 'b' },
  'pack:a/a/same': { 'skillpack.json': manifest({ 'skills/x/SKILL.md': 'a' }, { x: { enabled: true } }), a: 'a' },
};
const BLOCKING = { 'pack:a/a/file': { 'skillpack.json': manifest({ 'notes/today': 'a', 'BOOTSTRAP.md': 'a' }), a: 'a' } };

export const PACK_CASES: RuleCases = {
  'pack-not-locked': [
    {
      title: 'ARD-315 W-37 a pack without a lock, which must not look like a pack without files',
      input: bot(`{skills: ["${PACK}"]}`),
      expected: [`error spec.skills[0]: there is no openclaw.lock.yaml with "${PACK}"; expected its commit and files there`],
    },
    {
      title: 'a pack that the lock does not have, in a workspace, beside one that it has',
      input: withLock(`{skills: ["${PACK}"], workspace: {additionalWorkspaces: [{name: a, skills: ["pack:team/packs/writer"]}]}}`, WRITER),
      expected: [
        'error spec.workspace.additionalWorkspaces[0].skills[0]: the lock does not have "pack:team/packs/writer"; expected its commit and files there',
      ],
    },
    {
      title: 'a pack whose files are not there',
      input: withoutFiles(`{skills: ["${PACK}"]}`, WRITER),
      expected: [`error spec.skills[0]: the lock has "${PACK}", but the input has no files of it; expected them in openclaw.lock.d`],
    },
    { title: 'a name that is refused for its form', input: bot('{skills: ["pack:a/b"]}'), expected: [] },
  ],
  'pack-conflict': [
    {
      title: 'two packs with different files and settings of one name: the first of each is told',
      input: withLock('{skills: ["pack:a/a/two", "pack:a/a/one"]}', TWINS),
      expected: [
        'warning spec.skills[0]: file "skills/x/SKILL.md" is in "pack:a/a/one" too, and differs; expected it in one pack, since the one that is named last in the alphabet counts',
        'warning spec.skills[0]: the configuration of skill "x" is in "pack:a/a/one" too, and differs; expected it in one pack, since the one that is named last in the alphabet counts',
      ],
    },
    {
      title: 'a directory of the user where a pack has a file, and a file that every workspace gets',
      input: withLock('{workspace: {initialDirectories: [notes/today/x]}, skills: ["pack:a/a/file"]}', BLOCKING),
      expected: [
        'warning spec.skills[0]: file "BOOTSTRAP.md" of this pack gives way to the one that every workspace gets; expected another name',
        'error spec.skills[0]: "notes/today" is a file of this pack and a directory of the instance; expected one of the two',
      ],
    },
    {
      title: 'a file of the user where a pack needs a directory, in a workspace that has no bootstrap file',
      input: withLock('{workspace: {additionalWorkspaces: [{name: a, initialFiles: {notes: text}, skills: ["pack:a/a/file"]}]}}', BLOCKING),
      expected: [
        'error spec.workspace.additionalWorkspaces[0].skills[0]: "notes" is a directory of this pack and a file of the instance; expected one of the two',
      ],
    },
    {
      title: 'POD-297 equal files of two packs, and a file of the user in the place of one, are meant',
      input: withLock('{workspace: {initialFiles: {skills/y/SKILL.md: mine}}, skills: ["pack:a/a/same", "pack:a/a/one"]}', TWINS),
      expected: [],
    },
  ],
  'package-unpinned': [
    {
      title: 'skills and plugins without an exact version',
      input: bot('{skills: [fetch, "@team/x", "npm:x@1", "npm:y@1.2.3"], plugins: ["npm:z@latest", "w@2026.7.1-2"]}'),
      expected: [
        'warning spec.skills[0]: "fetch" is whichever release is the newest when the agent installs it; expected an exact version',
        'warning spec.skills[1]: "@team/x" is whichever release is the newest when the agent installs it; expected an exact version',
        'warning spec.skills[2]: "npm:x@1" is whichever release is the newest when the agent installs it; expected an exact version',
        'warning spec.plugins[0]: "npm:z@latest" is whichever release is the newest when the agent installs it; expected an exact version',
      ],
    },
    {
      title: 'what the lock has, as a skill and as a plugin',
      input: documents(
        bot('{skills: [fetch], plugins: [fetch]}'),
        'apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawLock\nmetadata: {name: openclaw}\nskills: {fetch: {version: 1.2.3}}\n',
      ),
      expected: [
        'warning spec.plugins[0]: "fetch" is whichever release is the newest when the agent installs it; expected an exact version',
      ],
    },
    {
      title: 'packs, and names that are refused for their form',
      input: bot('{skills: ["pack:a/b/c", "npm:"], plugins: [""]}'),
      expected: [],
    },
  ],
};
