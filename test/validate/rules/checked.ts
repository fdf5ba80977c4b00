/** Runs the rules on YAML text, without the parser: locations are the paths themselves. */
import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import { classify } from '../../../src/parse/classify.ts';
import type { SourceObject } from '../../../src/parse/source.ts';
import { companionsOf } from '../../../src/resolve/companions.ts';
import { byNamespaceAndName, clusterDefaultsOf, instanceOf } from '../../../src/resolve/instance.ts';
import { lockOf } from '../../../src/resolve/lock.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { checkRules } from '../../../src/validate/check-rules.ts';
import { pathText } from '../../../src/parse/path-text.ts';
import type { RuleContext } from '../../../src/validate/rule.ts';
import { checkSchema } from '../../../src/validate/schema.ts';

export interface CheckedOptions {
  readonly namespace?: string;
  readonly openclawVersion?: string;
  readonly apiServerCidrs?: readonly string[];
  readonly apiVersions?: readonly string[];
}

/** The instance `bot` in the namespace `agents` with the spec that `spec` writes as YAML of flow style. */
export function bot(spec: string, metadata = ''): string {
  return `apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata: {name: bot, namespace: agents${metadata === '' ? '' : `, ${metadata}`}}
spec: ${spec}
`;
}

/** Several documents in one text. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}

function sourceObject(value: JsonObject): SourceObject {
  const { kind, metadata } = value as { kind: string; metadata: { name: string } };
  const file = kind === 'OpenClawInstance' ? '' : `${kind}/${metadata.name}`;
  return {
    value,
    locate: (path) => ({ file, line: 1, column: 1, length: 1, sourceLine: pathText(path) }),
  };
}

function objectsOf(input: string): SourceObject[] {
  return parseAllDocuments(input).map((document) => sourceObject(document.toJS() as JsonObject));
}

/** What the schema says about the instances in `input`, before any rule. */
export function schemaFindings(input: string): Diagnostic[] {
  return classify(objectsOf(input)).instances.flatMap((source) => checkSchema(source, 'OpenClawInstance'));
}

/** The context of each instance in `input`, in the order of the renderer; the input must be right by its schema. */
export function contextsOf(input: string, options: CheckedOptions = {}): RuleContext[] {
  const { instances: sources, clusterDefaults, lock, packs, passThrough } = classify(objectsOf(input));
  assert.deepEqual(
    schemaFindings(input).map(({ message }) => message),
    [],
  );
  const defaults = clusterDefaults === null ? undefined : clusterDefaultsOf(clusterDefaults);
  const instances = sources.map((source) => instanceOf(source, defaults, options.namespace)).sort(byNamespaceAndName);
  const companions = companionsOf(passThrough, options.namespace);
  const locked = lock === null ? null : lockOf(lock, packs);
  return instances.map((instance) => ({
    instance,
    instances,
    companions,
    lock: locked,
    lockIsReadable: true,
    passThrough,
    resolved: resolve(instance, companions, options, locked),
  }));
}

/** Everything that the rules find in `input`. */
export function checked(input: string, options: CheckedOptions = {}): Diagnostic[] {
  return contextsOf(input, options).flatMap(checkRules);
}

/** One finding as a line: severity, place, message. */
export function line({ severity, location, message }: Diagnostic): string {
  const object = location.file === '' ? '' : `${location.file} `;
  return `${severity} ${object}${location.sourceLine}: ${message}`;
}
