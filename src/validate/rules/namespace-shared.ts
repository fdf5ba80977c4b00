import { placeText } from '../../diagnostics/diagnostic.ts';
import { nameOf, namespaceOf } from '../../parse/classify.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { namespaceLevel } from '../../resolve/namespace-level.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Kinds that run pods, with their groups. */
const WORKLOADS: Readonly<Record<string, string>> = {
  CronJob: 'batch/',
  DaemonSet: 'apps/',
  Deployment: 'apps/',
  Job: 'batch/',
  Pod: 'v1',
  ReplicaSet: 'apps/',
  StatefulSet: 'apps/',
};

export const namespaceShared: Rule = {
  id: 'namespace-shared',
  severity: 'warning',
  summary: 'Pods of others run in a namespace whose Pod Security level and quota are made for agents.',
  hint: 'move it to a namespace of its own',
  check({ instance, passThrough }: RuleContext) {
    if (namespaceLevel(instance) === undefined) return [];
    return passThrough.flatMap((object) => {
      const { apiVersion, kind } = object.value;
      const group = Object.hasOwn(WORKLOADS, String(kind)) ? WORKLOADS[String(kind)] : undefined;
      if (group === undefined || !String(apiVersion).startsWith(group) || namespaceOf(object) !== instance.namespace) return [];
      return [
        {
          path: ['metadata', 'annotations', INSTANCE_ANNOTATIONS.namespace],
          message: `${String(kind)} ${safelyQuoted(nameOf(object))} at ${placeText(object.locate(['metadata', 'name']))} runs in the namespace too, within its level and quota; expected agents only`,
        },
      ];
    });
  },
};
