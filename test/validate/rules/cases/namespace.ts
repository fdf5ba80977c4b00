import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const KEY = 'gitops.openclaw.rocks/namespace';
const PLACE = `metadata.annotations["${KEY}"]`;
const asking = (level: string, name = 'bot', namespace = 'agents'): string =>
  bot('{}', `annotations: {${KEY}: ${level}}`).replace('name: bot, namespace: agents', `name: ${name}, namespace: ${namespace}`);
const object = (apiVersion: string, kind: string, name: string, namespace = 'agents'): string =>
  `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}}}\n`;

export const NAMESPACE_CASES: RuleCases = {
  'namespace-level': [
    {
      title: 'a level that is none',
      input: asking('strict'),
      expected: [`error ${PLACE}: "strict" is no Pod Security level; expected restricted, baseline, privileged`],
    },
    {
      title: 'two levels for one namespace',
      input: documents(asking('baseline', 'ada'), asking('restricted'), asking('baseline', 'eve')),
      expected: [`error ${PLACE}: "restricted" is not what "ada" says of the same namespace; expected one level`],
    },
    {
      title: 'one level, said twice, and another for another namespace',
      input: documents(asking('restricted', 'ada'), asking('restricted'), asking('privileged', 'bot', 'other')),
      expected: [],
    },
    { title: 'nobody asks', input: bot('{}'), expected: [] },
  ],
  'namespace-taken': [
    {
      title: "Kubernetes' own",
      input: asking('restricted', 'bot', 'kube-system'),
      expected: [`error ${PLACE}: "kube-system" is Kubernetes' own namespace; expected one for agents`],
    },
    {
      title: 'in the input already',
      input: documents(asking('restricted'), object('v1', 'Namespace', 'agents', ''), object('v1', 'LimitRange', 'openclaw')),
      expected: [
        `error ${PLACE}: Namespace "agents" is at Namespace/agents:1 too; expected one owner`,
        `error ${PLACE}: LimitRange "openclaw" is at LimitRange/openclaw:1 too; expected one owner`,
      ],
    },
    {
      title: 'others of the kind, and the same where nobody asks',
      input: documents(
        asking('restricted'),
        object('v1', 'Namespace', 'other', ''),
        object('v1', 'ResourceQuota', 'openclaw', 'other'),
        object('v1', 'ResourceQuota', 'mine'),
      ),
      expected: [],
    },
    { title: 'nobody asks', input: documents(bot('{}'), object('v1', 'Namespace', 'agents', '')), expected: [] },
  ],
  'namespace-shared': [
    {
      title: 'workloads of others',
      input: documents(
        asking('restricted'),
        object('apps/v1', 'Deployment', 'db'),
        object('v1', 'Pod', 'p'),
        object('batch/v1', 'CronJob', 'c'),
      ),
      expected: [
        `warning ${PLACE}: Deployment "db" at Deployment/db:1 runs in the namespace too, within its level and quota; expected agents only`,
        `warning ${PLACE}: Pod "p" at Pod/p:1 runs in the namespace too, within its level and quota; expected agents only`,
        `warning ${PLACE}: CronJob "c" at CronJob/c:1 runs in the namespace too, within its level and quota; expected agents only`,
      ],
    },
    {
      title: 'workloads elsewhere, and kinds of other groups',
      input: documents(asking('restricted'), object('apps/v1', 'Deployment', 'db', 'other'), object('example.com/v1', 'Job', 'j')),
      expected: [],
    },
    { title: 'nobody asks', input: documents(bot('{}'), object('apps/v1', 'Deployment', 'db')), expected: [] },
  ],
};
