/** An agent that may ask for changes of its own instance: one ConfigMap for requests and answers, and the rights to exactly that. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { PROGRAMS_VOLUME } from '../compose/program-container.ts';
import { programEntries } from '../compose/program-files.ts';
import { configMapName, selfConfigConfigMapName } from '../kube/names.ts';
import { PROGRAMS_PATH, SERVICE_ACCOUNT_PATH } from '../kube/paths.ts';
import type { NetworkPolicyEgressRule, Volume } from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';

const PROGRAM_FILE = 'selfconfig.mjs';
const VOLUME = 'api-access';

/** What kubelet would mount into every container, for the agent's alone. */
function apiAccess(): Volume {
  return {
    name: VOLUME,
    projected: {
      defaultMode: 0o440,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
      ],
    },
  };
}

/** An address behind the API server's Service is not known when rendering, so its usual port is open to all. */
function apiServerEgress(cidrs: readonly string[]): NetworkPolicyEgressRule[] {
  const open: NetworkPolicyEgressRule = { ports: [{ port: 6443, protocol: 'TCP' }] };
  if (cidrs.length === 0) return [open];
  return [open, { to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ port: 443, protocol: 'TCP' }] }];
}

function contribute({ selfConfigure, name, namespace }: Resolved): Contribution | null {
  if (selfConfigure === null) return null;
  const requests = selfConfigConfigMapName(name);
  return {
    configMaps: [{ name: requests, entries: new Map() }, programEntries(name, [PROGRAM_FILE])],
    volumes: [apiAccess()],
    main: {
      env: [
        { name: 'OPENCLAW_INSTANCE_NAME', value: name },
        { name: 'OPENCLAW_NAMESPACE', value: namespace },
      ],
      mounts: [
        { name: VOLUME, mountPath: SERVICE_ACCOUNT_PATH, readOnly: true },
        { name: PROGRAMS_VOLUME, mountPath: PROGRAMS_PATH, readOnly: true },
      ],
    },
    rules: [
      { apiGroups: [''], resources: ['configmaps'], resourceNames: [configMapName(name)], verbs: ['get'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: [requests], verbs: ['get', 'patch'] },
    ],
    egress: apiServerEgress(selfConfigure.apiServerCidrs),
  };
}

export const selfConfigure: Feature = {
  id: 'self-configure',
  summary: 'a mailbox in which the agent asks for changes of its own instance, and nothing else of the API',
  reads: ['selfConfigure.enabled'],
  contribute,
};
