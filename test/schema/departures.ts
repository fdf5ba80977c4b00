/** Where our schema differs from the operator's on purpose. Each entry must be met by at least one field. */

interface SchemaDeparture {
  /** Fields of an instance it is about. */
  readonly path: RegExp;
  /** What the field has with us; undefined for what it lacks. */
  readonly ours: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const ADMISSION = 'Kubernetes refuses anything else when the object is applied';
const NUMBERS = 'Kubernetes refuses numbers outside when the object is applied';
const INT32 = 2 ** 31 - 1;
const DNS_LABEL = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

export const SCHEMA_DEPARTURES: readonly SchemaDeparture[] = [
  { path: /^\.shareProcessNamespace$/, ours: { default: false }, why: "containers that share processes can read each other's environment" },
  {
    path: /\.podSecurityContext\.fsGroupChangePolicy$/,
    ours: { default: 'OnRootMismatch' },
    why: 'a large volume is not walked at each start',
  },
  { path: /^\.probes$/, ours: { nullable: undefined }, why: 'a null is dropped before the check, in every field that may be left out' },
  {
    path: /\.volumeClaimTemplate\.metadata$/,
    ours: { type: 'object' },
    why: 'the API server drops all of it; labels and annotations are meant',
  },
  { path: /^\.(sidecars|initContainers)\[\]$/, ours: { required: ['image', 'name'] }, why: ADMISSION },
  { path: /^\.(sidecars|initContainers)\[\]\.name$/, ours: { pattern: DNS_LABEL, maxLength: 63 }, why: ADMISSION },
  { path: /^\.(sidecarVolumes|extraVolumes)\[\]\.name$/, ours: { pattern: DNS_LABEL, maxLength: 63 }, why: ADMISSION },
  { path: /Volumes\[\]\.configMap$|\.sources\[\]\.(configMap|secret)$/, ours: { required: ['name'] }, why: ADMISSION },
  { path: /Volumes\[\]\.secret$/, ours: { required: ['secretName'] }, why: ADMISSION },
  {
    path: /Volumes\[\]\.(configMap\.name|secret\.secretName)$|\.sources\[\]\.(configMap|secret)\.name$/,
    ours: { minLength: 1 },
    why: ADMISSION,
  },
  {
    path: /\.hostPath\.type$/,
    ours: { enum: ['', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket', 'CharDevice', 'BlockDevice'] },
    why: ADMISSION,
  },
  { path: /\.mountPath$/, ours: { minLength: 1 }, why: ADMISSION },
  { path: /\.(env|extraEnv)\[\]\.name$/, ours: { pattern: '^[-._a-zA-Z][-._a-zA-Z0-9]*$' }, why: ADMISSION },
  { path: /\.(configMapKeyRef|secretKeyRef|items\[\])\.key$/, ours: { pattern: '^[-._a-zA-Z0-9]+$' }, why: ADMISSION },
  { path: /\.imagePullPolicy$|\.image\.pullPolicy$/, ours: { enum: ['Always', 'IfNotPresent', 'Never'] }, why: ADMISSION },
  { path: /\.ports\[\]\.protocol$/, ours: { enum: ['TCP', 'UDP', 'SCTP'] }, why: ADMISSION },
  { path: /\.tolerations\[\]\.effect$/, ours: { enum: ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'] }, why: ADMISSION },
  { path: /\.whenUnsatisfiable$/, ours: { enum: ['DoNotSchedule', 'ScheduleAnyway'] }, why: ADMISSION },
  { path: /\.(nodeAffinityPolicy|nodeTaintsPolicy)$/, ours: { enum: ['Honor', 'Ignore'] }, why: ADMISSION },
  { path: /\.mountPropagation$/, ours: { enum: ['None', 'HostToContainer', 'Bidirectional'] }, why: ADMISSION },
  { path: /\.recursiveReadOnly$/, ours: { enum: ['Disabled', 'IfPossible', 'Enabled'] }, why: ADMISSION },
  { path: /\.httpGet\.scheme$/, ours: { enum: ['HTTP', 'HTTPS'] }, why: ADMISSION },
  { path: /\.terminationMessagePolicy$/, ours: { enum: ['File', 'FallbackToLogsOnError'] }, why: ADMISSION },
  { path: /\.(seccompProfile|appArmorProfile)\.type$/, ours: { enum: ['RuntimeDefault', 'Localhost', 'Unconfined'] }, why: ADMISSION },
  { path: /\.procMount$/, ours: { enum: ['Default', 'Unmasked'] }, why: ADMISSION },
  { path: /\.resizePolicy\[\]\.restartPolicy$/, ours: { enum: ['NotRequired', 'RestartContainer'] }, why: ADMISSION },
  { path: /\.volumeMode$/, ours: { enum: ['Filesystem', 'Block'] }, why: ADMISSION },
  {
    path: /\.match(Expressions|Fields)\[\]\.operator$/,
    ours: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] },
    why: ADMISSION,
  },
  { path: /\.accessModes\[\]$/, ours: { enum: ACCESS_MODES }, why: ADMISSION },
  { path: /\.(containerPort|endPort|grpc\.port|metrics\.port)$/, ours: { minimum: 1, maximum: 65_535 }, why: NUMBERS },
  { path: /\.hostPort$/, ours: { minimum: 0, maximum: 65_535 }, why: NUMBERS },
  { path: /\.defaultMode$|\.items\[\]\.mode$/, ours: { minimum: 0, maximum: 511 }, why: NUMBERS },
  { path: /\.weight$/, ours: { minimum: 1, maximum: 100 }, why: NUMBERS },
  { path: /\.(maxSkew|minDomains|requestsPerSecond|terminationGracePeriodSeconds)$/, ours: { minimum: 1 }, why: NUMBERS },
  {
    path: /\.(failureThreshold|initialDelaySeconds|periodSeconds|successThreshold|timeoutSeconds|sleep\.seconds)$/,
    ours: { minimum: 0 },
    why: NUMBERS,
  },
  { path: /\.(runAsUser|runAsGroup|fsGroup|maxUnavailable)$/, ours: { minimum: 0 }, why: NUMBERS },
  { path: /\.expirationSeconds$/, ours: { minimum: 600, maximum: 2 ** 32 }, why: NUMBERS },
  {
    path: /\.(failureThreshold|initialDelaySeconds|periodSeconds|successThreshold|timeoutSeconds)$/,
    ours: { maximum: INT32 },
    why: NUMBERS,
  },
  {
    path: /\.(runAsUser|runAsGroup|fsGroup|maxUnavailable|minReplicas|maxReplicas|failedHistoryLimit|historyLimit)$/,
    ours: { maximum: INT32 },
    why: NUMBERS,
  },
  { path: /\.(maxSkew|minDomains|requestsPerSecond|partition|lun|gpu)$/, ours: { maximum: INT32 }, why: NUMBERS },
];

/** Paths that only our schema has. */
export const ADDED_PATHS = /\.volumeClaimTemplate\.metadata\.(labels|annotations)(\{\})?$/;
