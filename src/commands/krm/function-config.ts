/** Reads what the user of the function wishes: parameters in a ConfigMap or an OpenClawRender, or the instance itself. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/quoted.ts';
import { isJsonObject, valueAt, type Json, type JsonObject } from '../../lib/json.ts';
import { API_GROUP, OWN_API_VERSION } from '../../parse/classify.ts';
import { problem } from '../../parse/problem.ts';
import type { SourceObject } from '../../parse/source.ts';
import type { RenderOptions } from '../../render.ts';
import { listed } from '../input-flags.ts';
import { parameterOptions, parameterProblem, parametersOf, type ParameterName } from '../parameters.ts';
import { locationOf, sourceObject } from './items.ts';

export const CONFIG_PLACE = 'functionConfig';

export interface FunctionConfig {
  readonly options: RenderOptions;
  /** False when the items are handed back as they came. */
  readonly renders: boolean;
  /** Whether instances and what goes with them stay among the items. */
  readonly keepsInstances: boolean;
  /** The config where the renderer checks it: an OpenClawRender, or an instance to be rendered. */
  readonly source: SourceObject | null;
  readonly diagnostics: readonly Diagnostic[];
}

type Given = Map<ParameterName, readonly string[]>;

export function functionConfig(config: Json): FunctionConfig {
  const diagnostics: Diagnostic[] = [];
  let source: SourceObject | null = null;
  let given: Given = new Map();
  if (config !== null) {
    const object = isJsonObject(config) ? config : {};
    const { apiVersion, kind } = object;
    if (apiVersion === 'v1' && kind === 'ConfigMap') {
      given = ofConfigMap(object, diagnostics);
    } else if (apiVersion === OWN_API_VERSION && kind === 'OpenClawRender') {
      // Its schema is checked with all other input, so that here only what has the right type counts.
      source = sourceObject(object, CONFIG_PLACE);
      given = ofSpec(object, diagnostics);
    } else if (String(apiVersion).split('/')[0] === API_GROUP && kind === 'OpenClawInstance') {
      source = sourceObject(object, CONFIG_PLACE);
    } else {
      const found = `apiVersion ${shown(apiVersion)} and kind ${shown(kind)}`;
      diagnostics.push(refusal(`found ${found}; expected a ConfigMap, an OpenClawRender or an OpenClawInstance`, []));
    }
  }
  const one = (name: ParameterName): string | undefined => given.get(name)?.[0];
  const apiVersions = given.get('api-versions');
  if (one('missing-crds') === 'omit' && apiVersions === undefined) {
    diagnostics.push(refusal('parameter "missing-crds" is "omit" without "api-versions"; expected the APIs that the cluster has', []));
  }
  return {
    options: { ...parameterOptions(given, apiVersions), namespace: one('namespace') },
    renders: one('mode') !== 'validate',
    keepsInstances: one('instances') !== 'remove',
    source,
    diagnostics,
  };
}

function shown(value: Json | undefined): string {
  return typeof value === 'string' ? quoted(value) : 'none';
}

function refusal(message: string, path: readonly string[]): Diagnostic {
  return problem('function-config', message, locationOf(CONFIG_PLACE, path));
}

/** Every value is text there; lists are separated by commas. */
function ofConfigMap(config: JsonObject, diagnostics: Diagnostic[]): Given {
  const given: Given = new Map();
  const data = config['data'] ?? {};
  if (!isJsonObject(data)) {
    diagnostics.push(refusal('data is no map; expected parameters and their values', ['data']));
    return given;
  }
  for (const [name, value] of Object.entries(data)) {
    if (typeof value !== 'string') {
      diagnostics.push(refusal(`parameter ${quoted(name)} is no text; expected quotes around its value`, ['data', name]));
      continue;
    }
    const parameter = parametersOf('krm').find((candidate) => candidate.name === name);
    const values = parameter?.collectionType === 'array' ? (listed(value) ?? []) : [value].filter((text) => text !== '');
    take(given, name, values, ['data', name], diagnostics);
  }
  return given;
}

function ofSpec(config: JsonObject, diagnostics: Diagnostic[]): Given {
  const given: Given = new Map();
  for (const { name, field = '' } of parametersOf('krm')) {
    const value = valueAt(config, 'spec', field);
    const values = (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((entry) =>
      typeof entry === 'string' || typeof entry === 'boolean' ? [String(entry)] : [],
    );
    // What the schema knows is told by the schema, with the name of the field.
    const isOfSchema = name !== 'api-server-cidrs';
    take(
      given,
      name,
      values.filter((text) => text !== ''),
      ['spec', field],
      isOfSchema ? [] : diagnostics,
    );
  }
  return given;
}

function take(given: Given, name: string, values: readonly string[], path: readonly string[], diagnostics: Diagnostic[]): void {
  const wrong = parameterProblem('krm', 'parameter', name, values);
  if (wrong !== null) diagnostics.push(refusal(wrong, path));
  else if (values.length > 0) given.set(name as ParameterName, values);
}
