import { lockDocuments } from '../../../test/properties/locked-packs.ts';
import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { packFollowed } from '../checks/pack-followed.ts';
import { packListed } from '../checks/pack-listed.ts';
import { instance } from '../instance.ts';

const PACKS = {
  'pack:team/packs/writer@v1': {
    'SKILL.md': '---\nname: writer\ndescription: Write release notes.\n---\n\n# Writer\n',
    'scripts/hello.sh': '#!/bin/sh\necho "hello from $0"\n',
  },
  'pack:team/packs/tools@v1': {
    'skillpack.json': JSON.stringify({
      files: { 'skills/quiet/SKILL.md': 'quiet.md' },
      directories: ['notes'],
      config: { quiet: { enabled: false } },
    }),
    'quiet.md': '---\nname: quiet\ndescription: Say nothing.\n---\n\n# Quiet\n',
  },
};

/** Skill packs in the default workspace and in another agent's. */
export const packsCase: AgentCase = {
  name: 'packs',
  instance: (version) => instance(version, spec(['pack:team/packs/writer@v1', 'pack:team/packs/tools@v1'])),
  instanceWithLess: (version) => instance(version, spec(['pack:team/packs/writer@v1'])),
  // JSON is YAML.
  files: {
    'openclaw.lock.yaml': lockDocuments(PACKS)
      .map((document) => `---\n${JSON.stringify(document)}\n`)
      .join(''),
  },
  leftOut: ['otel-collector'],
  checks: [...ON_START, packListed, packFollowed, ...ON_END],
  volumeEntries: ['.skillpack-manifest', '.skillpack-manifest-ws-research'],
};

function spec(skills: readonly string[]): object {
  return { skills, workspace: { additionalWorkspaces: [{ name: 'research', skills: ['pack:team/packs/writer@v1'] }] } };
}
