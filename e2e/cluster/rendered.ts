import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { render, toJsonLine } from '../../src/index.ts';
import { manifestsOfJsonLines } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export interface BesideObject {
  readonly metadata: { readonly name: string };
}

export interface InstanceInput {
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: object;
  /** What else is in the input, put in the namespace of the instance. */
  readonly beside?: readonly BesideObject[];
}

/** What the renderer makes of one instance; a refusal throws, since only good input is given here. */
export function renderedManifests({ name, namespace, annotations = {}, spec, beside = [] }: InstanceInput): readonly Manifest[] {
  const input = { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata: { name, namespace, annotations }, spec };
  const text = [input, ...beside.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }))]
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
  const { diagnostics, objects } = render([{ name: `${name}.yaml`, bytes: new TextEncoder().encode(text) }]);
  if (hasErrors(diagnostics)) throw new Error(diagnostics.map(({ message, rule }) => `${message} [${rule}]`).join('\n'));
  return manifestsOfJsonLines([...objects].map((object) => toJsonLine(object)).join('\n'));
}
