/** What the API server refuses in scheduling, peers and claims. */
import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const tolerations = (list: string): string => bot(`{availability: {tolerations: ${list}}}`);
const spread = (list: string): string => bot(`{availability: {topologySpreadConstraints: ${list}}}`);
const nodes = (term: string): string =>
  bot(`{availability: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ${term}}}}}}`);
const pods = (term: string): string =>
  bot(`{availability: {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [${term}]}}}}`);
const policy = (fields: string): string => bot(`{security: {networkPolicy: ${fields}}}`);

const TOLERATION = 'error spec.availability.tolerations[0]';
const NODE_TERM = 'error spec.availability.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const POD_TERM = 'error spec.availability.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]';
const POLICY = 'error spec.security.networkPolicy';

export const SCHEDULING_CASES: RuleCases = {
  'toleration-syntax': [
    {
      title: 'a value with Exists',
      input: tolerations('[{key: a, operator: Exists, value: b}]'),
      expected: [`${TOLERATION}.value: "b" is given with "operator: Exists"; expected no value`],
    },
    {
      title: 'no key',
      input: tolerations('[{operator: Equal, value: b}]'),
      expected: [`${TOLERATION}: the toleration has no key; expected one, or "operator: Exists" for every taint`],
    },
    {
      title: 'seconds for a taint that evicts nobody',
      input: tolerations('[{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 5}]'),
      expected: [`${TOLERATION}.tolerationSeconds: "tolerationSeconds" is given for "NoSchedule"; expected "effect: NoExecute" with it`],
    },
    {
      title: 'a key, a value and an operator that are none',
      input: tolerations('[{key: a b, value: c d}, {key: a, operator: Like}]'),
      expected: [
        `${TOLERATION}.key: "a b" is not the key of a taint; expected a form such as "example.com/name"`,
        `${TOLERATION}.value: "c d" is not the value of a taint; expected a single word`,
        'error spec.availability.tolerations[1].operator: "Like" is no operator; expected "Equal" or "Exists"',
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: tolerations(
        '[{operator: Exists}, {key: example.com/a, value: b}, {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]',
      ),
      expected: [],
    },
  ],
  'topology-spread-domains': [
    {
      title: 'domains that are only wished for',
      input: spread('[{maxSkew: 1, minDomains: 2, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}]'),
      expected: [
        'error spec.availability.topologySpreadConstraints[0].minDomains: "minDomains" is given for "ScheduleAnyway"; expected "DoNotSchedule" with it',
      ],
    },
    {
      title: 'domains that must be there',
      input: spread('[{maxSkew: 1, minDomains: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]'),
      expected: [],
    },
  ],
  'topology-spread-duplicate': [
    {
      title: 'one constraint twice',
      input: spread(
        '[{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]',
      ),
      expected: [
        'error spec.availability.topologySpreadConstraints[1]: "zone" has a constraint with "DoNotSchedule" already; expected one',
      ],
    },
    {
      title: 'one key with two demands',
      input: spread(
        '[{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}, {maxSkew: 2, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]',
      ),
      expected: [],
    },
  ],
  'selector-missing': [
    {
      title: 'constraints of every kind',
      input: bot(`{availability: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}],
        affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone}]}, podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone}}]}}}}`),
      expected: [
        'warning spec.availability.topologySpreadConstraints[0]: there is no "labelSelector"; expected the pods that it is about',
        'warning spec.availability.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]: there is no "labelSelector"; expected the pods that it is about',
        'warning spec.availability.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm: there is no "labelSelector"; expected the pods that it is about',
      ],
    },
    {
      title: 'an empty selector is every pod',
      input: bot(
        '{availability: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]}}',
      ),
      expected: [],
    },
  ],
  'selector-syntax': [
    {
      title: 'In without values',
      input: nodes('[{matchExpressions: [{key: a, operator: In}]}]'),
      expected: [`${NODE_TERM}[0].matchExpressions[0]: "In" has no values; expected at least one`],
    },
    {
      title: 'keys of the labels of the pod itself',
      input:
        bot(`{availability: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [ok, a b]}],
        affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [é], mismatchLabelKeys: ["-a"]}]}}}}`),
      expected: [
        'error spec.availability.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].matchLabelKeys[0]: "é" is not the key of a label; expected a form such as "example.com/name"',
        'error spec.availability.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].mismatchLabelKeys[0]: "-a" is not the key of a label; expected a form such as "example.com/name"',
        'error spec.availability.topologySpreadConstraints[0].matchLabelKeys[1]: "a b" is not the key of a label; expected a form such as "example.com/name"',
      ],
    },
    {
      title: 'values that an operator does not take',
      input: nodes(
        '[{matchExpressions: [{key: a, operator: Exists, values: [b]}, {key: a, operator: Gt, values: ["1", "2"]}], matchFields: [{key: a, operator: In, values: [b]}]}]',
      ),
      expected: [
        `${NODE_TERM}[0].matchExpressions[0]: "Exists" has 1 values; expected none`,
        `${NODE_TERM}[0].matchExpressions[1]: "Gt" has 2 values; expected one`,
        `${NODE_TERM}[0].matchFields[0]: "a" is compared by "In" with 1 values; expected "metadata.name" with "In" or "NotIn" and one value`,
      ],
    },
    {
      title: 'names of nodes and numbers that are none',
      input: nodes(
        '[{matchExpressions: [{key: a, operator: Gt, values: ["1 2"]}], matchFields: [{key: metadata.name, operator: In, values: [Node_1]}, {key: metadata.name, operator: NotIn, values: [node-1]}]}]',
      ),
      expected: [
        `${NODE_TERM}[0].matchExpressions[0].values[0]: "1 2" is not the value of a label; expected a single word`,
        `${NODE_TERM}[0].matchFields[0].values[0]: "Node_1" cannot be the name of a node; expected a name such as "node-1"`,
      ],
    },
    {
      title: 'keys of the pod without a selector that they add to',
      input: pods('{topologyKey: zone, matchLabelKeys: [a], mismatchLabelKeys: []}'),
      expected: [`${POD_TERM}.matchLabelKeys: "matchLabelKeys" adds to a selector, and there is none; expected "labelSelector" beside it`],
    },
    {
      title: 'keys of the pod in a spread without a selector',
      input: spread('[{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [a]}]'),
      expected: [
        'error spec.availability.topologySpreadConstraints[0].matchLabelKeys: "matchLabelKeys" adds to a selector, and there is none; expected "labelSelector" beside it',
      ],
    },
    {
      title: 'a key that is to be equal and to differ',
      input: pods('{topologyKey: zone, labelSelector: {}, matchLabelKeys: [a, b], mismatchLabelKeys: [c, b]}'),
      expected: [`${POD_TERM}.matchLabelKeys[1]: "b" is also in "mismatchLabelKeys"; expected it in one of both`],
    },
    {
      title: 'no term',
      input: nodes('[]'),
      expected: [`${NODE_TERM}: the list is empty; expected at least one term`],
    },
    {
      title: 'pods by a topology key, a label, an operator and a namespace that are none',
      input: pods(
        '{topologyKey: "", labelSelector: {matchLabels: {a b: c d}, matchExpressions: [{key: a, operator: Gt, values: ["1"]}]}, namespaces: [A b]}',
      ),
      expected: [
        `${POD_TERM}.labelSelector.matchLabels["a b"]: "a b" is not the key of a label; expected a form such as "example.com/name"`,
        `${POD_TERM}.labelSelector.matchLabels["a b"]: "c d" is not the value of a label; expected a single word`,
        `${POD_TERM}.labelSelector.matchExpressions[0].operator: "Gt" compares numbers of nodes; expected "In", "NotIn", "Exists" or "DoesNotExist"`,
        `${POD_TERM}.topologyKey: "" is not the key of a label; expected a form such as "example.com/name"`,
        `${POD_TERM}.namespaces[0]: "A b" cannot be the name of a namespace; expected one such as "agents"`,
      ],
    },
    {
      title: 'a peer of the NetworkPolicy',
      input: policy('{additionalEgress: [{to: [{podSelector: {matchExpressions: [{key: a, operator: In}]}}]}]}'),
      expected: [`${POLICY}.additionalEgress[0].to[0].podSelector.matchExpressions[0]: "In" has no values; expected at least one`],
    },
    {
      title: 'what Kubernetes accepts',
      input: nodes(
        '[{matchExpressions: [{key: a, operator: In, values: [b]}, {key: a, operator: Exists}, {key: a, operator: Lt, values: ["1"]}], matchFields: [{key: metadata.name, operator: In, values: [b]}]}]',
      ),
      expected: [],
    },
  ],
  'network-policy-peer': [
    {
      title: 'a namespace that cannot be',
      input: policy('{allowedIngressNamespaces: [A b]}'),
      expected: [`${POLICY}.allowedIngressNamespaces[0]: "A b" cannot be the name of a namespace; expected one such as "ingress-nginx"`],
    },
    {
      title: 'a namespace for the metrics that cannot be',
      input: bot('{}', 'annotations: {gitops.openclaw.rocks/metrics-namespaces: "monitoring, *"}'),
      expected: [
        'error metadata.annotations["gitops.openclaw.rocks/metrics-namespaces"]: "*" cannot be the name of a namespace; expected one such as "monitoring"',
      ],
    },
    {
      title: 'an empty peer, and one that is two',
      input: policy('{additionalEgress: [{to: [{}, {ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]}'),
      expected: [
        `${POLICY}.additionalEgress[0].to[0]: the peer is empty; expected "ipBlock", "podSelector" or "namespaceSelector"`,
        `${POLICY}.additionalEgress[0].to[1]: the peer has "ipBlock" and a selector; expected one of the two`,
      ],
    },
    {
      title: 'ports that are none',
      input: policy('{additionalEgress: [{ports: [{port: 90, endPort: 80}, {port: web, endPort: 80}, {port: 0}, {port: "8080"}]}]}'),
      expected: [
        `${POLICY}.additionalEgress[0].ports[0].endPort: 80 is below the first port, 90; expected that or more`,
        `${POLICY}.additionalEgress[0].ports[1].endPort: 80 ends no range; expected a number in "port"`,
        `${POLICY}.additionalEgress[0].ports[2].port: "0" is no port; expected a number from 1 to 65535, or the name of a port`,
        `${POLICY}.additionalEgress[0].ports[3].port: "8080" is no port; expected a number from 1 to 65535, or the name of a port`,
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: policy(
        '{allowedIngressNamespaces: [web], additionalEgress: [{to: [{podSelector: {}, namespaceSelector: {}}], ports: [{port: 80, endPort: 90}, {port: web}]}]}',
      ),
      expected: [],
    },
  ],
  'access-modes': [
    {
      title: 'one pod, and one node',
      input: bot('{storage: {persistence: {accessModes: [ReadWriteOnce, ReadWriteOncePod]}}}'),
      expected: [
        'error spec.storage.persistence.accessModes: "ReadWriteOncePod" is one of several access modes; expected no other beside it',
      ],
    },
    {
      title: 'one pod alone',
      input: bot('{storage: {persistence: {accessModes: [ReadWriteOncePod]}}}'),
      expected: [],
    },
  ],
};
