/** The fields that inputs of goldens, of the operator and of changed specs say, each in an instance that renders by itself. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { hasErrors, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { render, toJsonLine } from '../../src/index.ts';
import { KUBERNETES_SPECS } from './kubernetes-specs.ts';
import { ABSENT } from './odd-values.ts';
import { SPEC_CHANGES } from './spec-changes.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = ['golden/*/input/**/*.{yaml,yml}', 'test/parity/oracle/*.input.yaml'];
/** The server, too, warns of some of these: they come last, for what no other input says. */
const FILES_OF_RULES = ['golden/rules/*/input/**/*.{yaml,yml}'];
/** Parts of OpenClaw's own configuration are the business of another stage. */
const DEEPEST_OF_CONFIG = 6;
/** The API server looks a namespace up before it judges what is in it: an odd one is only not found. */
const SURROUNDINGS = new Set(['metadata.namespace']);
/** Mappings whose keys the user makes up: one of them stands for all. */
const FREE_KEYS = /(labels|annotations|Annotations|initialFiles|nodeSelector|matchLabels)$/;

export type FieldPath = readonly (string | number)[];
export type Instance = Readonly<Record<string, unknown>>;

export interface Field {
  readonly instance: Instance;
  readonly path: FieldPath;
  readonly value: unknown;
}

/** A field for each that some instance says, every instance in that namespace. */
export function inputFields(namespace: string): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const instance of instances(namespace)) {
    for (const root of ['metadata', 'spec'])
      visit(instance[root], [root], (path, value) => {
        const name = fieldName(path);
        if (!fields.has(name) && !SURROUNDINGS.has(name) && !(path.includes('raw') && path.length > DEEPEST_OF_CONFIG))
          fields.set(name, { instance, path, value });
      });
  }
  return [...fields.values()];
}

/** What the renderer says of the instance, and its objects as JSON lines. */
export function rendered(instance: Instance): { readonly diagnostics: readonly Diagnostic[]; readonly lines: readonly string[] } {
  const { diagnostics, objects } = render([{ name: 'instance.json', bytes: new TextEncoder().encode(JSON.stringify(instance)) }]);
  return { diagnostics, lines: [...objects].map((object) => toJsonLine(object)) };
}

/** The instance with that value in its field; null when the field has no place in it. */
export function withValue(instance: Instance, path: FieldPath, value: unknown): Instance | null {
  const copy = structuredClone(instance);
  let parent: unknown = copy;
  for (const step of path.slice(0, -1)) parent = isParent(parent) ? parent[step] : undefined;
  if (!isParent(parent)) return null;
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent) && Number(last) >= parent.length) return null;
  if (value !== ABSENT) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

function isParent(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

function fieldName(path: FieldPath): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return '*';
      return FREE_KEYS.test(String(path[index - 1])) ? 'KEY' : step;
    })
    .join('.');
}

function visit(value: unknown, path: FieldPath, found: (path: FieldPath, value: unknown) => void): void {
  // The root of each tree is no field of its own.
  if (path.length > 1) found(path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) visit(child, [...path, Array.isArray(value) ? Number(key) : key], found);
}

/** Those that render, the smallest first: they leave an odd value alone with as little as its field needs. */
function instances(namespace: string): readonly Instance[] {
  return [[...instancesOfFiles(FILES), ...instancesOfSpecs()], instancesOfFiles(FILES_OF_RULES)].flatMap((some) =>
    some
      .map((instance) => {
        // The text of JSON is what the renderer reads; dates and shared nodes of YAML have no other form there.
        const copy = JSON.parse(JSON.stringify(instance)) as { metadata?: object };
        return { ...copy, metadata: { ...copy.metadata, namespace } };
      })
      .filter((instance) => !hasErrors(rendered(instance).diagnostics))
      .toSorted((one, other) => JSON.stringify(one).length - JSON.stringify(other).length),
  );
}

function instancesOfFiles(patterns: readonly string[]): readonly Instance[] {
  return globSync(patterns, { cwd: ROOT })
    .toSorted()
    .flatMap((file) => parseAllDocuments(readFileSync(join(ROOT, file), 'utf8')))
    .filter(({ errors }) => errors.length === 0)
    .map((document) => document.toJS() as Instance | null)
    .filter((value) => value?.['kind'] === 'OpenClawInstance') as Instance[];
}

function instancesOfSpecs(): readonly Instance[] {
  const specs = [...SPEC_CHANGES.flatMap(({ after, before = {} }) => [before, after]), ...KUBERNETES_SPECS];
  return specs.map((spec) => ({ apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata: { name: 'bot' }, spec }));
}
