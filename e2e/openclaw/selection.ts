/** What one run of `npm run e2e:openclaw` does, as its arguments say: `[VERSIONS [CASES]]`, each comma-separated; everything unless given. */
import type { AgentCase } from './agent-case.ts';
import { CASES } from './cases/index.ts';
import { OPENCLAW_VERSIONS } from './versions.ts';

/** Among the names of cases: the configurations of all golden cases, judged without a pod. */
export const GOLDEN_CONFIGURATIONS = 'golden-configurations';

const NAMES = [...CASES.map(({ name }) => name), GOLDEN_CONFIGURATIONS];

export interface Selection {
  readonly versions: readonly string[];
  readonly cases: readonly AgentCase[];
  readonly goldenConfigurations: boolean;
}

/** Throws on a name that no case has. */
export function selection([versions, names]: readonly string[]): Selection {
  const wanted = names?.split(',') ?? NAMES;
  for (const name of wanted) if (!NAMES.includes(name)) throw new Error(`there is no case ${name}; expected ${NAMES.join(', ')}`);
  return {
    versions: versions?.split(',') ?? OPENCLAW_VERSIONS,
    cases: CASES.filter(({ name }) => wanted.includes(name)),
    goldenConfigurations: wanted.includes(GOLDEN_CONFIGURATIONS),
  };
}
