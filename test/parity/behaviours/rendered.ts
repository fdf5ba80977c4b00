/** Renders one instance called `bot` in the namespace `agents` and looks at single fields of what comes out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { render, type RenderResult } from '../../../src/index.ts';
import { parsePath } from '../field-path.ts';
import { absent, hasShape, type Json, type Shape, type Side, sideText } from '../shape.ts';

export interface Rendered {
  readonly objects: readonly RenderedObject[];
  /** Rule ids of warnings. */
  readonly warnings: readonly string[];
}

interface RenderedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: { readonly [key: string]: string } };
}

/** A container of the agent's pod, of which tests look at single fields. */
export interface RenderedContainer {
  readonly name: string;
  readonly [field: string]: Json;
}

/** One expectation: the spec as YAML, an object as `Kind/name`, a field of it, and the value or shape it has. */
export type Row = readonly [title: string, spec: string, object: string, path: string, expected: Shape];

const BOT = { name: 'bot', namespace: 'agents' };

/** The rules that refuse `spec`, as `rule: message`. */
export function refusals(spec: string, ...others: readonly string[]): readonly string[] {
  const { diagnostics } = renderText(spec, others);
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${rule}: ${message}`);
}

function renderText(spec: string, others: readonly string[]): RenderResult {
  const instance = { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata: BOT, spec: parse(spec) as Json };
  const text = [JSON.stringify(instance), ...others].join('\n---\n');
  return render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }]);
}

/** What `spec` (YAML) renders to; `others` are further YAML documents of the same input. */
export function rendered(spec: string, ...others: readonly string[]): Rendered {
  assert.deepEqual(refusals(spec, ...others), []);
  const { diagnostics, objects } = renderText(spec, others);
  return {
    objects: JSON.parse(JSON.stringify([...objects])) as RenderedObject[],
    warnings: diagnostics.map(({ rule }) => rule),
  };
}

/** The field at `path` (see `field-path.ts`) of the object `Kind/name`; JSON text in a ConfigMap is looked into. */
export function field({ objects }: Rendered, object: string, path: string): Side {
  const [kind, name] = object.split('/');
  let value: Side =
    (objects.find((candidate) => candidate.kind === kind && candidate.metadata.name === name) as unknown as Json | undefined) ?? absent;
  for (const { kind: step, text } of parsePath(path)) {
    const inside: Side = typeof value === 'string' ? (JSON.parse(value) as Json) : value;
    if (typeof inside !== 'object' || inside === null) return absent;
    // A key that holds null is there.
    if (step === 'key') value = Object.hasOwn(inside, text) ? ((inside as { readonly [key: string]: Json })[text] ?? null) : absent;
    else value = (inside as readonly Json[]).find((item, index) => itemMatches(item, index, text)) ?? absent;
  }
  return value;
}

function itemMatches(item: Json, index: number, text: string): boolean {
  const [key, value] = text.split('=', 2);
  if (value === undefined) return String(index) === text;
  const found = (item as { readonly [field: string]: Json })[key ?? ''];
  return (typeof found === 'string' ? found : JSON.stringify(found)) === value;
}

/** One test a row. */
export function testRows(rows: readonly Row[]): void {
  for (const [title, spec, object, path, expected] of rows) {
    test(title, () => {
      const found = field(rendered(spec), object, path);
      assert.ok(hasShape(found, expected, BOT), `${object} ${path}: expected ${sideText(expected)}, found ${sideText(found)}`);
    });
  }
}

/** Names of the items of a list, in order. */
export function names(value: Side): readonly string[] {
  assert.ok(Array.isArray(value));
  return (value as readonly { readonly name: string }[]).map(({ name }) => name);
}

/** All containers of the agent's pod, init containers first. */
export function allContainers(result: Rendered): readonly RenderedContainer[] {
  const init = field(result, SET, `${POD}.initContainers`);
  const main = field(result, SET, `${POD}.containers`);
  return [init, main].flatMap((list) => (Array.isArray(list) ? (list as readonly RenderedContainer[]) : []));
}

export const SET = 'StatefulSet/bot';
export const POD = 'spec.template.spec';
export const MAIN = `${POD}.containers[name=openclaw]`;
export const CONFIG = 'ConfigMap/bot-config';
