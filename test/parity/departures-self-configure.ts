/** Departures of self-configuration: requests go into a mailbox of the agent, not into objects of a CRD. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const TOKEN = 'The token is mounted into the agent alone, by a volume of its own: sidecars of the same pod get none.';
const MAILBOX = 'Requests are entries of one ConfigMap that the agent may read and patch: no CRD, no list of other requests.';
const MAIN = 'spec.template.spec.containers[name=openclaw]';

export const DEPARTURES_SELF_CONFIGURE: readonly Departure[] = [
  {
    kind: 'ServiceAccount',
    name: '<name>',
    path: 'automountServiceAccountToken',
    operator: true,
    ours: false,
    ids: ['POD-027', 'ARD-031'],
    reason: TOKEN,
  },
  {
    kind: 'StatefulSet',
    name: '<name>',
    path: 'spec.template.spec.automountServiceAccountToken',
    operator: true,
    ours: false,
    ids: ['POD-027', 'ARD-031'],
    reason: TOKEN,
  },
  {
    kind: 'StatefulSet',
    name: '<name>',
    path: 'spec.template.spec.volumes[name=api-access]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-027'],
    reason: TOKEN,
  },
  {
    kind: 'StatefulSet',
    name: '<name>',
    path: `${MAIN}.volumeMounts[mountPath=/var/run/secrets/kubernetes.io/serviceaccount]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-027'],
    reason: TOKEN,
  },
  ...['configmaps].verbs', 'openclawinstances]', 'openclawselfconfigs]', 'configmaps#2]'].map((rule): Departure => ({
    kind: 'Role',
    name: '<name>',
    path: `rules[resources=${rule}`,
    operator: rule === 'configmaps#2]' ? absent : anyValue,
    ours: rule === 'configmaps].verbs' ? ['get'] : rule === 'configmaps#2]' ? anyValue : absent,
    ids: ['ARD-034'],
    reason: MAILBOX,
  })),
  {
    kind: 'Role',
    name: '<name>',
    path: 'rules[resources=secrets]',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-035'],
    reason:
      'What the agent may know of its Secrets is in its environment already; reading them through the API serves only who steals its token.',
  },
  { kind: 'ConfigMap', name: '<name>-self-config', path: '', operator: absent, ours: anyValue, ids: ['ARD-034'], reason: MAILBOX },
  {
    kind: 'ConfigMap',
    name: '<name>-workspace',
    path: 'data["SELFCONFIG.md"]',
    operator: anyValue,
    ours: anyValue,
    ids: ['POD-272'],
    reason: 'Our own words, about our own way to ask.',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-workspace',
    path: 'data["selfconfig.sh"]',
    operator: anyValue,
    ours: absent,
    ids: ['POD-272', 'W-38', 'D25'],
    reason:
      'The helper is a tested program beside the others, not a script in the workspace: it cannot be edited, and is new with each start.',
  },
];
