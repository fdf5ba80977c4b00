/**
 * Admission policies with one condition, operation, resource or selector less. They stand beside the whole ones and only warn, so that each
 * attempt tells at once which of them would have judged it otherwise; one that no attempt tells from the whole guards nothing that is tried.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer, ApiClient, ApiObject } from './api-client.ts';
import { celMutants } from './cel-mutants.ts';

const EFFECT_TIMEOUT_SECONDS = 30;
/** Of the warnings of one answer the server keeps no more once they have this many characters. */
const MOST_CHARACTERS = 4096;
/** Each is warned of in about 80 characters, and two policies may judge one attempt. */
const MOST_OF_ONE_POLICY = 40;

interface Expression {
  readonly expression: string;
}

interface Policy extends ApiObject {
  readonly spec: {
    readonly matchConstraints: {
      readonly objectSelector?: object;
      readonly resourceRules: readonly { readonly operations: readonly string[]; readonly resources: readonly string[] }[];
    };
    readonly matchConditions?: readonly Expression[];
    readonly variables?: readonly Expression[];
    readonly validations: readonly Expression[];
  };
}

interface Binding extends ApiObject {
  readonly spec: { readonly policyName: string; readonly matchResources?: object };
}

export interface PolicyMutant {
  /** By which warnings name it. */
  readonly name: string;
  readonly policy: string;
  /** What it has not; empty for the copy that has everything. */
  readonly without: string;
  readonly objects: readonly ApiObject[];
}

/** Of each policy a whole copy first. */
export function policyMutants(objects: readonly ApiObject[]): readonly PolicyMutant[] {
  const mutants: PolicyMutant[] = [];
  for (const policy of objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy') as Policy[]) {
    const binding = (objects as readonly Binding[]).find(
      ({ kind, spec }) => kind === 'ValidatingAdmissionPolicyBinding' && spec.policyName === policy.metadata.name,
    );
    if (binding === undefined) throw new Error(`${policy.metadata.name} is bound by nobody`);
    const add = (without: string, spec: Policy['spec'], bindingSpec: Binding['spec'] = binding.spec): void => {
      const name = `m${mutants.length}`;
      // Short texts leave room for others.
      const validations = spec.validations.map(({ expression }) => ({ expression, message: '-' }));
      mutants.push({
        name,
        policy: policy.metadata.name,
        without,
        objects: [
          { ...policy, metadata: { name }, spec: { ...spec, validations } } as ApiObject,
          { ...binding, metadata: { name }, spec: { ...bindingSpec, policyName: name, validationActions: ['Warn'] } } as ApiObject,
        ],
      });
    };
    const { spec } = policy;
    add('', spec);
    for (const field of ['matchConditions', 'variables', 'validations'] as const)
      for (const [index, item] of (spec[field] ?? []).entries())
        for (const { without, expression } of celMutants(item.expression))
          add(without, { ...spec, [field]: spec[field]?.with(index, { ...item, expression }) });
    if (spec.validations.length > 1)
      for (const [index, { expression }] of spec.validations.entries())
        add(expression.trim(), { ...spec, validations: spec.validations.toSpliced(index, 1) });
    const { objectSelector, ...constraints } = spec.matchConstraints;
    if (objectSelector !== undefined) add('objectSelector', { ...spec, matchConstraints: constraints });
    for (const [index, rule] of constraints.resourceRules.entries())
      for (const field of ['operations', 'resources'] as const)
        for (const [item, text] of rule[field].entries()) {
          if (rule[field].length === 1) continue;
          const resourceRules = constraints.resourceRules.with(index, { ...rule, [field]: rule[field].toSpliced(item, 1) });
          add(text, { ...spec, matchConstraints: { ...spec.matchConstraints, resourceRules } });
        }
    const { matchResources, ...everywhere } = binding.spec;
    if (matchResources !== undefined) add('matchResources', spec, everywhere);
  }
  return mutants;
}

/** Runs `attempts` while the server judges by these too, some at a time; returns those that no attempt tells from the whole. */
export async function undetected(
  client: ApiClient,
  mutants: readonly PolicyMutant[],
  namespace: string,
  attempts: () => Promise<readonly ApiAnswer[]>,
): Promise<readonly PolicyMutant[]> {
  const found: PolicyMutant[] = [];
  const parts = mutants.filter(({ without }) => without !== '');
  const byPolicy = [...Map.groupBy(parts, ({ policy }) => policy).values()];
  for (let first = 0; byPolicy.some(({ length }) => length > first); first += MOST_OF_ONE_POLICY) {
    const some = byPolicy.flatMap((ofOne) => ofOne.slice(first, first + MOST_OF_ONE_POLICY));
    const wholes = mutants.filter(({ policy, without }) => without === '' && some.some((part) => part.policy === policy));
    const warned = await warnings(client, [...wholes, ...some], namespace, attempts);
    const nameOfWhole = new Map(wholes.map(({ name, policy }) => [policy, name]));
    found.push(...some.filter(({ name, policy }) => warned.every((names) => names.has(name) === names.has(nameOfWhole.get(policy)!))));
  }
  return found;
}

/** For each attempt the names of those that the server warns of. */
async function warnings(
  client: ApiClient,
  mutants: readonly PolicyMutant[],
  namespace: string,
  attempts: () => Promise<readonly ApiAnswer[]>,
): Promise<readonly ReadonlySet<string>[]> {
  const canary = canaryOf(mutants[0]!.name, namespace);
  const all = [...mutants.flatMap(({ objects }) => objects), ...canary.objects];
  try {
    for (const object of all) {
      const { message, status } = await client.apply(object, { fieldManager: 'openclaw-gitops-e2e' });
      if (status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message}`);
    }
    // It came last, so that all others are in effect with it.
    await untilWarnedOf(client, canary.probe, true);
    const answers = await attempts();
    return answers.map((answer) => namesIn(answer.warnings));
  } finally {
    // It goes last, so that nobody who comes after us is warned.
    for (const object of all) await client.remove(object);
    await untilWarnedOf(client, canary.probe, false);
  }
}

/** Throws where the server may have left some out: who is missing for that reason would pass for one that an attempt tells from the whole. */
function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters >= MOST_CHARACTERS) throw new Error(`${texts.length} warnings have ${characters} characters; some may be left out`);
  return new Set(texts.map((text) => /Policy '([^']*)'/.exec(text)?.[1] ?? text));
}

async function untilWarnedOf(client: ApiClient, object: ApiObject, isWarned: boolean): Promise<void> {
  const deadline = performance.now() + EFFECT_TIMEOUT_SECONDS * 1000;
  for (;;) {
    const { warnings } = await client.create(object, { dryRun: true });
    if (warnings.length > 0 === isWarned) return;
    if (performance.now() > deadline) throw new Error(`a policy has no effect after ${EFFECT_TIMEOUT_SECONDS} s`);
    await sleep(100);
  }
}

function canaryOf(of: string, namespace: string): { readonly objects: readonly ApiObject[]; readonly probe: ApiObject } {
  const name = `canary-${of}`;
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const resourceRules = [{ apiGroups: [''], apiVersions: ['*'], operations: ['CREATE'], resources: ['configmaps'], resourceNames: [name] }];
  const policy = { matchConstraints: { resourceRules }, validations: [{ expression: 'false', message: '-' }] };
  return {
    objects: [
      { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec: policy } as ApiObject,
      {
        apiVersion,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ['Warn'] },
      } as ApiObject,
    ],
    probe: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } },
  };
}
