/** Reasons that several judges' rules share. */
export const REASON = {
  uid: "OpenClaw's images run as uid 1000 and keep their home there; a volume of the operator's is owned by it. A user may set another.",
  pullAlways:
    'A digest from the lock file says which bytes run; asking the registry at each start would only let its outage stop the agent.',
  secretsInEnvironment: "OpenClaw reads its credentials from the environment, and refuses files of a Secret's volume; so do its channels.",
  spread: 'One replica: a gateway owns its state directory alone, so there is nothing to spread and nothing to keep apart.',
  budget: 'maxUnavailable 1 with one replica lets a node drain; the agent is back in seconds with its volume.',
  serviceName: "The StatefulSet's serviceName is the operator's, and can never change; nobody looks the pod up by it.",
  requests: 'An agent idles most of the time: requests say what it needs then, limits what it may take in a turn.',
  appArmor: 'Set by the runtime where the node has it; a field that some nodes refuse would keep the pod from starting there.',
  priority: 'Which agents are worth more than other pods is a decision of the cluster, made by its own defaults.',
  hostUsers: 'User namespaces are not on every node; without them the field keeps the pod from starting.',
  schedule: 'Where agents run is for spec.availability; no placement is right for every cluster.',
  persistent: 'An agent keeps its memory on a volume; that is what it is for.',
  rootWritesVolumes: 'Every subPath is made by a program of ours before it is mounted, and no container runs as root.',
  owner: 'Owners and addresses are annotations of an organisation; spec and pass-through leave room for them.',
} as const;

export const SILENT = {
  deployment: 'We render no Deployment and no DaemonSet.',
  controlPlane: 'About the control plane or the kubelet, not about manifests.',
  policy: 'About PodSecurityPolicy, which Kubernetes removed in 1.25.',
  cronJob: 'We render no CronJob yet.',
  names: 'About the layout of files, which the renderer fixes: same input, same bytes.',
  cluster: 'About cluster-wide objects: none is rendered.',
  registries: 'Which registries are trusted is a list of the organisation.',
} as const;
