import { placeText } from '../../diagnostics/diagnostic.ts';
import { NAMESPACE_LIMITS_NAME } from '../../kube/names.ts';
import { nameOf, namespaceOf } from '../../parse/classify.ts';
import type { SourceObject } from '../../parse/source.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from '../../resolve/instance.ts';
import { namespaceLevel } from '../../resolve/namespace-level.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Kubernetes' own: what is in them is not for us to limit. */
const OWN_NAMESPACES: ReadonlySet<string> = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

function isSame(object: SourceObject, { namespace }: Instance): boolean {
  const { apiVersion, kind } = object.value;
  if (apiVersion !== 'v1') return false;
  if (kind === 'Namespace') return nameOf(object) === namespace;
  return (
    (kind === 'ResourceQuota' || kind === 'LimitRange') && nameOf(object) === NAMESPACE_LIMITS_NAME && namespaceOf(object) === namespace
  );
}

export const namespaceTaken: Rule = {
  id: 'namespace-taken',
  severity: 'error',
  summary: "The namespace that is to be rendered is Kubernetes' own, or in the input already.",
  hint: 'remove the annotation, or the object',
  check({ instance, passThrough }: RuleContext) {
    if (namespaceLevel(instance) === undefined) return [];
    const path = ['metadata', 'annotations', INSTANCE_ANNOTATIONS.namespace];
    const findings: Finding[] = [];
    if (OWN_NAMESPACES.has(instance.namespace))
      findings.push({
        path,
        message: `${safelyQuoted(instance.namespace)} is Kubernetes' own namespace; expected one for agents`,
        hint: 'move the agents to a namespace of their own',
      });
    for (const object of passThrough) {
      if (!isSame(object, instance)) continue;
      findings.push({
        path,
        message: `${String(object.value['kind'])} ${safelyQuoted(nameOf(object))} is at ${placeText(object.locate(['metadata', 'name']))} too; expected one owner`,
      });
    }
    return findings;
  },
};
