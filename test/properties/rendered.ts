/** Renders specs that are made up in a test. */
import type { Spec } from '../../src/resolve/instance.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import type { PodSpec, StatefulSet } from '../../src/kube/types.ts';
import type { SourceFile } from '../../src/parse/source.ts';
import { render, type RenderOptions } from '../../src/render.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { jsonSource } from '../golden/variants.ts';
import { lockDocuments } from './locked-packs.ts';

export const NAME = 'bot';
export const NAMESPACE = 'agents';

export interface RenderedSpec {
  readonly refused: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: readonly JsonObject[];
}

export function instanceOf(spec: Spec, name: string = NAME): JsonObject {
  return {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name, namespace: NAMESPACE },
    spec: spec as unknown as Json,
  };
}

export function fileOf(...objects: readonly JsonObject[]): SourceFile {
  return { name: 'input.json', bytes: new TextEncoder().encode(objects.map((object) => jsonSource(object)).join('---\n')) };
}

export function renderedObjects(objects: readonly JsonObject[], options: RenderOptions = {}): RenderedSpec {
  const others = objects.some((object) => JSON.stringify(object['spec'] ?? null).includes('"pack:')) ? lockDocuments() : [];
  const result = render([fileOf(...objects, ...others)], options);
  return { ...result, objects: [...result.objects] };
}

export function renderedSpec(spec: Spec, name: string = NAME): RenderedSpec {
  return renderedObjects([instanceOf(spec, name)]);
}

/** As `renderedSpec`, for specs that must not be refused. */
export function manifestsOf(spec: Spec, ...others: readonly JsonObject[]): readonly JsonObject[] {
  const { refused, diagnostics, objects } = renderedObjects([instanceOf(spec), ...others]);
  if (refused) throw new Error(`refused: ${diagnostics.map(({ rule, message }) => `${message} [${rule}]`).join('; ')}`);
  return objects;
}

export function objectOf(objects: readonly JsonObject[], kind: string, name: string): JsonObject {
  const found = objects.find(
    (object) => object['kind'] === kind && isJsonObject(object['metadata']) && object['metadata']['name'] === name,
  );
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

export function statefulSetOf(objects: readonly JsonObject[], name: string = NAME): StatefulSet {
  return objectOf(objects, 'StatefulSet', name);
}

export function agentPod(objects: readonly JsonObject[], name: string = NAME): PodSpec {
  return statefulSetOf(objects, name).spec!.template.spec!;
}
