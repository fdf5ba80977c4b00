/** Reads the parameters of the Argo CD plugin from `ARGOCD_APP_PARAMETERS` (wins) and `ARGOCD_ENV_*`. */
import { isJsonObject, type Json } from '../../lib/json.ts';
import { parameterProblem, parametersOf, type ParameterName, type ParameterValues } from '../parameters.ts';

export interface ReadParameters {
  readonly values: ParameterValues;
  /** One sentence for each mistake. */
  readonly problems: readonly string[];
}

interface Given {
  readonly name: string;
  readonly values: readonly string[];
}

/** A parameter as Argo CD sends it: a name with `string`, `array` or `map`. */
function givenOf(entry: Json): Given | string {
  if (!isJsonObject(entry) || typeof entry['name'] !== 'string') return 'a plugin parameter has no name';
  const { name, string, array, map } = entry;
  if (typeof string === 'string') return { name, values: [string] };
  if (Array.isArray(array)) return { name, values: (array as readonly Json[]).map(String) };
  if (isJsonObject(map) && Object.keys(map).length > 0) return `plugin parameter "${name}" is a map; expected a string or a list`;
  return { name, values: [] };
}

function applicationParameters(text: string | undefined): readonly (Given | string)[] {
  if (text === undefined || text === '') return [];
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return ['ARGOCD_APP_PARAMETERS is not JSON'];
  }
  if (parsed === null) return [];
  return Array.isArray(parsed) ? (parsed as readonly Json[]).map(givenOf) : ['ARGOCD_APP_PARAMETERS is not a list'];
}

/** Names that stand in the list more than once: nobody could tell which of them counts. */
function repetitions(entries: readonly (Given | string)[]): readonly string[] {
  const times = new Map<string, number>();
  for (const entry of entries) if (typeof entry !== 'string') times.set(entry.name, (times.get(entry.name) ?? 0) + 1);
  return [...times]
    .filter(([, count]) => count > 1)
    .map(([name, count]) => `plugin parameter "${name}" is given ${count === 2 ? 'twice' : `${count} times`}; expected it once`);
}

/** Reads what the Application says; empty strings count as unset. */
export function readParameters(env: Readonly<Record<string, string | undefined>>): ReadParameters {
  const values = new Map<ParameterName, readonly string[]>();
  const fromApplication = applicationParameters(env['ARGOCD_APP_PARAMETERS']);
  const problems = [...repetitions(fromApplication)];
  const fromEnv: Given[] = parametersOf('argocd').flatMap((parameter) => {
    const text = env[`ARGOCD_ENV_${parameter.env ?? ''}`];
    if (text === undefined || text === '') return [];
    return [{ name: parameter.name, values: parameter.collectionType === 'array' ? text.split(',').map((part) => part.trim()) : [text] }];
  });
  for (const given of [...fromEnv, ...fromApplication]) {
    const problem = typeof given === 'string' ? given : parameterProblem('argocd', 'plugin parameter', given.name, given.values);
    if (problem !== null) {
      problems.push(problem);
      continue;
    }
    const { name, values: said } = given as Given;
    const kept = said.filter((value) => value !== '');
    if (kept.length > 0) values.set(name as ParameterName, kept);
  }
  return { values, problems };
}
