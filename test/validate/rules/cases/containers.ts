import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const sidecar = (fields: string, rest = ''): string => bot(`{sidecars: [{name: side, image: b, ${fields}}]${rest}}`);
const mounts = (list: string): string => bot(`{extraVolumes: [{name: extra, emptyDir: {}}], extraVolumeMounts: ${list}}`);

/** Names that the operator uses, those that its own list forgets among them, and those of ours. */
const RESERVED_INIT =
  'init-config init-pnpm init-python init-skills init-plugins init-ollama init-plugin-runtime-deps init-uv init-pip init-tailscale-bin chromium prepare'.split(
    ' ',
  );
const RESERVED_SIDECARS = 'openclaw gateway-proxy otel-collector tailscale ollama web-terminal web-terminal-gate'.split(' ');

export const CONTAINER_CASES: RuleCases = {
  'container-name-taken': [
    {
      title: 'POD-327 ARD-158 a reserved name',
      input: bot('{initContainers: [{name: init-config, image: b}]}'),
      expected: [`error spec.initContainers[0].name: "init-config" is reserved for a container of the agent's pod; expected another name`],
    },
    ...RESERVED_INIT.map((name) => ({
      title: `POD-327 ARD-158 D27 W-46 no init container may be called ${name}`,
      input: bot(`{initContainers: [{name: ${name}, image: b}]}`),
      expected: [`error spec.initContainers[0].name: "${name}" is reserved for a container of the agent's pod; expected another name`],
    })),
    ...RESERVED_SIDECARS.map((name) => ({
      title: `D27 no sidecar may be called ${name}`,
      input: bot(`{sidecars: [{name: ${name}, image: b}]}`),
      expected: [`error spec.sidecars[0].name: "${name}" is reserved for a container of the agent's pod; expected another name`],
    })),
    {
      title: 'a sidecar and an init container of one name',
      input: bot('{sidecars: [{name: a, image: b}], initContainers: [{name: a, image: b}]}'),
      expected: ['error spec.initContainers[0].name: "a" is the name of another container too; expected a name of its own'],
    },
    {
      title: 'ARD-158 names of their own',
      input: bot('{sidecars: [{name: a, image: b}], initContainers: [{name: init-mine, image: b}]}'),
      expected: [],
    },
  ],
  'container-port-taken': [
    {
      title: "a port in OpenClaw's block",
      input: sidecar('ports: [{containerPort: 18800}]'),
      expected: [
        'error spec.sidecars[0].ports[0].containerPort: 18800 belongs to OpenClaw; expected a port that nothing else in the pod has',
      ],
    },
    {
      title: 'one port of the node twice',
      input: sidecar(
        'ports: [{containerPort: 1, hostPort: 80}, {containerPort: 2, hostPort: 80}, {containerPort: 3, hostPort: 80, protocol: UDP}]',
      ),
      expected: ['error spec.sidecars[0].ports[1].hostPort: 80 of the node is in the pod twice; expected each port once'],
    },
    {
      title: 'ports of the proxy and of the collector, and one of two sidecars',
      input:
        bot(`{sidecars: [{name: a, image: b, ports: [{containerPort: 18780}, {containerPort: 9090}, {containerPort: 4318}, {containerPort: 8080}]},
        {name: c, image: d, ports: [{containerPort: 8080}]}]}`),
      expected: [
        'error spec.sidecars[0].ports[0].containerPort: 18780 belongs to the gateway proxy; expected a port that nothing else in the pod has',
        'error spec.sidecars[0].ports[1].containerPort: 9090 belongs to the metrics collector; expected a port that nothing else in the pod has',
        'error spec.sidecars[0].ports[2].containerPort: 4318 belongs to the metrics collector; expected a port that nothing else in the pod has',
        'error spec.sidecars[1].ports[0].containerPort: 8080 belongs to container "a"; expected a port that nothing else in the pod has',
      ],
    },
    {
      title: 'ports of features that are on',
      input: sidecar(
        'ports: [{containerPort: 9222}, {containerPort: 11434}, {containerPort: 7681}]',
        ', chromium: {enabled: true}, ollama: {enabled: true}, webTerminal: {enabled: true}',
      ),
      expected: [
        'error spec.sidecars[0].ports[0].containerPort: 9222 belongs to the browser; expected a port that nothing else in the pod has',
        'error spec.sidecars[0].ports[1].containerPort: 11434 belongs to Ollama; expected a port that nothing else in the pod has',
        'error spec.sidecars[0].ports[2].containerPort: 7681 belongs to the web terminal; expected a port that nothing else in the pod has',
      ],
    },
    {
      title: 'a native sidecar listens too',
      input: bot('{initContainers: [{name: a, image: b, restartPolicy: Always, ports: [{containerPort: 18789}]}]}'),
      expected: [
        'error spec.initContainers[0].ports[0].containerPort: 18789 belongs to OpenClaw; expected a port that nothing else in the pod has',
      ],
    },
    {
      title: 'an init container is gone by then',
      input: bot('{initContainers: [{name: a, image: b, ports: [{containerPort: 18789}]}]}'),
      expected: [],
    },
    {
      title: 'free ports, another protocol, metrics off',
      input: sidecar(
        'ports: [{containerPort: 8080, name: http}, {containerPort: 18789, protocol: UDP}, {containerPort: 9090}]',
        ', observability: {metrics: {enabled: false}}',
      ),
      expected: [],
    },
  ],
  'port-name': [
    {
      title: 'a name that is none',
      input: sidecar('ports: [{containerPort: 8080, name: a-name-longer-than-15}, {containerPort: 8081, name: "8081"}]'),
      expected: [
        'error spec.sidecars[0].ports[0].name: "a-name-longer-than-15" is not the name of a port; expected a form such as "http-admin"',
        'error spec.sidecars[0].ports[1].name: "8081" is not the name of a port; expected a form such as "http-admin"',
      ],
    },
    {
      title: 'one name twice',
      input: bot('{sidecars: [{name: side, image: b, ports: [{containerPort: 1, name: web}, {containerPort: 2, name: web}]}]}'),
      expected: ['error spec.sidecars[0].ports[1].name: "web" is the name of another port too; expected a name of its own'],
    },
    {
      title: 'a service name of IANA',
      input: sidecar('ports: [{containerPort: 8080, name: http-alt}, {containerPort: 8081}]'),
      expected: [],
    },
  ],
  'pod-security-restricted': [
    {
      title: 'a privileged sidecar',
      input: sidecar('securityContext: {privileged: true}'),
      expected: [
        'warning spec.sidecars[0].securityContext.privileged: container "side" is privileged; expected nothing that Pod Security "restricted" refuses',
      ],
    },
    {
      title: 'each thing that the level refuses',
      input:
        sidecar(`ports: [{containerPort: 80, hostPort: 80}], securityContext: {allowPrivilegeEscalation: true, runAsNonRoot: false, runAsUser: 0, procMount: Unmasked,
        seccompProfile: {type: Unconfined}, appArmorProfile: {type: Unconfined}, windowsOptions: {hostProcess: true}, capabilities: {add: [NET_ADMIN, NET_BIND_SERVICE], drop: [NET_RAW]}}`),
      expected: [
        'warning spec.sidecars[0].securityContext.allowPrivilegeEscalation: container "side" may gain privileges; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.runAsNonRoot: container "side" may run as root; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.runAsUser: container "side" runs as user 0; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.procMount: container "side" sees /proc unmasked; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.seccompProfile: container "side" has no seccomp profile; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.appArmorProfile: container "side" has no AppArmor profile; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.windowsOptions: container "side" is a process of the node; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.capabilities.add: container "side" has the capabilities "NET_ADMIN"; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].securityContext.capabilities.drop: container "side" keeps capabilities; expected nothing that Pod Security "restricted" refuses',
        'warning spec.sidecars[0].ports[0].hostPort: container "side" takes port 80 of the node; expected nothing that Pod Security "restricted" refuses',
      ],
    },
    {
      title: 'volumes of the node',
      input: bot('{extraVolumes: [{name: a, hostPath: {path: /}}], sidecarVolumes: [{name: b, nfs: {server: a, path: /}}]}'),
      expected: [
        'warning spec.sidecarVolumes[0].nfs: volume "b" is of the kind "nfs"; expected nothing that Pod Security "restricted" refuses',
        'warning spec.extraVolumes[0].hostPath: volume "a" is of the kind "hostPath"; expected nothing that Pod Security "restricted" refuses',
      ],
    },
    {
      title: "the agent's own capabilities",
      input: bot('{security: {containerSecurityContext: {capabilities: {add: [SYS_PTRACE]}}}}'),
      expected: [
        'warning spec.security.containerSecurityContext.capabilities.add: the agent has the capabilities "SYS_PTRACE"; expected nothing that Pod Security "restricted" refuses',
        'warning spec.security.containerSecurityContext.capabilities: the agent keeps capabilities; expected nothing that Pod Security "restricted" refuses',
      ],
    },
    {
      title: 'what the level allows, and what is left unset',
      input: sidecar(
        'ports: [{containerPort: 80, hostPort: 0}], securityContext: {runAsUser: 5, capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}}',
        ', extraVolumes: [{name: a, emptyDir: {}}, {name: b, csi: {driver: c}}], security: {containerSecurityContext: {capabilities: {drop: [ALL]}}}',
      ),
      expected: [],
    },
  ],
  'volume-name-taken': [
    {
      title: 'a volume of ours',
      input: bot('{extraVolumes: [{name: data, emptyDir: {}}]}'),
      expected: [`error spec.extraVolumes[0].name: "data" is reserved for a volume of the agent's pod; expected another name`],
    },
    {
      title: 'two volumes of one name',
      input: bot('{extraVolumes: [{name: a, emptyDir: {}}], sidecarVolumes: [{name: a, emptyDir: {}}]}'),
      expected: ['error spec.extraVolumes[0].name: "a" is the name of another volume too; expected a name of its own'],
    },
    {
      title: 'names of their own',
      input: bot('{extraVolumes: [{name: a, emptyDir: {}}], sidecarVolumes: [{name: b, emptyDir: {}}]}'),
      expected: [],
    },
  ],
  'volume-source': [
    {
      title: 'a volume without a source',
      input: bot('{extraVolumes: [{name: a}]}'),
      expected: ['error spec.extraVolumes[0]: volume "a" has no source; expected one'],
    },
    {
      title: 'a volume with two',
      input: bot('{sidecarVolumes: [{name: a, emptyDir: {}, hostPath: {path: /}}]}'),
      expected: ['error spec.sidecarVolumes[0]: volume "a" has the sources "emptyDir" and "hostPath"; expected one'],
    },
    { title: 'one source', input: bot('{extraVolumes: [{name: a, emptyDir: {}}]}'), expected: [] },
  ],
  'volume-mount-unknown': [
    {
      title: 'a mount of no volume',
      input: bot('{extraVolumeMounts: [{name: cache, mountPath: /cache}]}'),
      expected: [
        'error spec.extraVolumeMounts[0].name: "cache" is not a volume of the pod; expected one of "spec.extraVolumes" or "spec.sidecarVolumes"',
      ],
    },
    {
      title: 'a typing mistake, and a volume of the pod itself',
      input: sidecar(
        'volumeMounts: [{name: exrta, mountPath: /a}, {name: gateway-proxy-tmp, mountPath: /b}]',
        ', sidecarVolumes: [{name: extra, emptyDir: {}}]',
      ),
      expected: [
        'error spec.sidecars[0].volumeMounts[0].name: "exrta" is not a volume of the pod; expected one of "spec.extraVolumes" or "spec.sidecarVolumes"',
        'error spec.sidecars[0].volumeMounts[1].name: "gateway-proxy-tmp" is a volume for containers of the pod itself; expected one of "spec.extraVolumes" or "spec.sidecarVolumes"',
      ],
    },
    {
      title: 'own volumes, and those that every pod has',
      input:
        bot(`{extraVolumes: [{name: extra, emptyDir: {}}], extraVolumeMounts: [{name: extra, mountPath: /a}], security: {caBundle: {configMapName: ca}},
        sidecars: [{name: a, image: b, volumeMounts: [{name: data, mountPath: /data}, {name: ca-bundle, mountPath: /ca}]}]}`),
      expected: [],
    },
  ],
  'mount-path': [
    {
      title: "the agent's state",
      input: mounts('[{name: extra, mountPath: /home/openclaw/.openclaw}]'),
      expected: [
        `error spec.extraVolumeMounts[0].mountPath: "/home/openclaw/.openclaw" is a mount of the agent's own; expected another path`,
      ],
    },
    {
      title: 'paths of ours in other spellings, below a read-only mount, and over the program',
      input: mounts(
        '[{name: extra, mountPath: /tmp/}, {name: extra, mountPath: /etc/./openclaw}, {name: extra, mountPath: /etc/openclaw/more}, {name: extra, mountPath: /app}]',
      ),
      expected: [
        `error spec.extraVolumeMounts[0].mountPath: "/tmp/" is a mount of the agent's own; expected another path`,
        `error spec.extraVolumeMounts[1].mountPath: "/etc/./openclaw" is a mount of the agent's own; expected another path`,
        'error spec.extraVolumeMounts[2].mountPath: "/etc/openclaw/more" lies in "/etc/openclaw", which is read-only; expected a path outside of it',
        'error spec.extraVolumeMounts[3].mountPath: "/app" would hide the program itself; expected a directory of its own',
      ],
    },
    {
      title: 'where the agent has its API token for change requests',
      input: bot(
        '{selfConfigure: {enabled: true}, extraVolumes: [{name: extra, emptyDir: {}}], extraVolumeMounts: [{name: extra, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}]}',
      ),
      expected: [
        `error spec.extraVolumeMounts[0].mountPath: "/var/run/secrets/kubernetes.io/servicea…" is a mount of the agent's own; expected another path`,
      ],
    },
    {
      title: 'a token of the user where clients look for it',
      input: mounts('[{name: extra, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}]'),
      expected: [],
    },
    {
      title: 'paths that Kubernetes refuses',
      input: mounts(
        '[{name: extra, mountPath: cache}, {name: extra, mountPath: "/a:b"}, {name: extra, mountPath: /c, subPath: ../d}, {name: extra, mountPath: /e, subPath: f, subPathExpr: g}]',
      ),
      expected: [
        'error spec.extraVolumeMounts[0].mountPath: "cache" is not an absolute path; expected one that starts with "/"',
        'error spec.extraVolumeMounts[1].mountPath: "/a:b" has a colon; expected a path without',
        'error spec.extraVolumeMounts[2].subPath: "../d" leads out of the volume; expected a relative path without ".."',
        'error spec.extraVolumeMounts[3]: the mount has "subPath" and "subPathExpr"; expected one of the two',
      ],
    },
    {
      title: 'one path twice',
      input: sidecar(
        'volumeMounts: [{name: extra, mountPath: /a}, {name: extra, mountPath: /a/}]',
        ', sidecarVolumes: [{name: extra, emptyDir: {}}]',
      ),
      expected: ['error spec.sidecars[0].volumeMounts[1].mountPath: "/a/" is mounted twice; expected each path once'],
    },
    {
      title: 'inside the state, beside it, and anywhere in a sidecar',
      input:
        bot(`{extraVolumes: [{name: extra, emptyDir: {}}], extraVolumeMounts: [{name: extra, mountPath: /home/openclaw/.openclaw/skills/mine}, {name: extra, mountPath: /opt/tools}],
        sidecars: [{name: a, image: b, volumeMounts: [{name: extra, mountPath: /tmp}, {name: data, mountPath: /home/openclaw/.openclaw, subPath: openclaw}]}]}`),
      expected: [],
    },
  ],
};
