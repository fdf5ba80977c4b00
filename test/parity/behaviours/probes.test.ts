import { absent, anyValue } from '../shape.ts';
import { MAIN, type Row, SET, testRows } from './rendered.ts';

const LIVENESS = { failureThreshold: 3, initialDelaySeconds: 30, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 5 };
const READINESS = { failureThreshold: 3, initialDelaySeconds: 5, periodSeconds: 5, successThreshold: 1, timeoutSeconds: 3 };
const STARTUP = { failureThreshold: 60, initialDelaySeconds: 5, periodSeconds: 5, successThreshold: 1, timeoutSeconds: 3 };
const http = (path: string, port = 18780): object => ({ httpGet: { path, port, scheme: 'HTTP' } });
const DISK = '{probes: {diskReadiness: {enabled: true';
const PROGRAM = ['node', '/opt/openclaw-gitops/disk-readiness.mjs'];
const READY = 'http://127.0.0.1:18780/readyz';

const withoutProbe: readonly Row[] = ['liveness', 'readiness', 'startup'].map(
  (probe) =>
    [`POD-114 ${probe} can be switched off`, `{probes: {${probe}: {enabled: false}}}`, SET, `${MAIN}.${probe}Probe`, absent] as const,
);

const oneNumber: readonly Row[] = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'failureThreshold'].map(
  (number) =>
    [
      `POD-115 ${number} alone`,
      `{probes: {readiness: {${number}: 77}}}`,
      SET,
      `${MAIN}.readinessProbe`,
      { ...READINESS, ...http('/readyz'), [number]: 77 },
    ] as const,
);

testRows([
  [
    'POD-111 POD-112 POD-113 POD-118 liveness',
    '{}',
    SET,
    `${MAIN}.livenessProbe`,
    { ...LIVENESS, ...http('/healthz'), terminationGracePeriodSeconds: 30 },
  ],
  ['POD-111 POD-112 POD-113 POD-118 readiness', '{}', SET, `${MAIN}.readinessProbe`, { ...READINESS, ...http('/readyz') }],
  ['POD-111 POD-112 POD-113 POD-118 startup', '{}', SET, `${MAIN}.startupProbe`, { ...STARTUP, ...http('/healthz') }],
  ['POD-112 startup of a version that has the path', '{image: {tag: "2026.8.1"}}', SET, `${MAIN}.startupProbe.httpGet.path`, '/startupz'],
  ['POD-112 startup of a version before it', '{image: {tag: "2026.7.1"}}', SET, `${MAIN}.startupProbe.httpGet.path`, '/healthz'],
  [
    'POD-113 without the proxy the gateway itself is asked',
    '{gateway: {enabled: false}}',
    SET,
    `${MAIN}.readinessProbe.httpGet.port`,
    18789,
  ],
  ...withoutProbe,
  ...oneNumber,
  ['POD-116 null is absent', '{probes: null}', SET, `${MAIN}.startupProbe`, { ...STARTUP, ...http('/healthz') }],
  [
    'POD-119 disk readiness off',
    '{probes: {diskReadiness: {enabled: false}}}',
    SET,
    `${MAIN}.readinessProbe`,
    { ...READINESS, ...http('/readyz') },
  ],
  [
    'POD-120 disk readiness runs a program with the same numbers',
    `${DISK}}}}`,
    SET,
    `${MAIN}.readinessProbe`,
    { ...READINESS, exec: { command: [...PROGRAM, '/home/openclaw/.openclaw', '67108864', READY] } },
  ],
  ['POD-121 disk readiness leaves liveness alone', `${DISK}}}}`, SET, `${MAIN}.livenessProbe.httpGet.path`, '/healthz'],
  ['POD-121 disk readiness leaves startup alone', `${DISK}}}}`, SET, `${MAIN}.startupProbe.httpGet.path`, '/healthz'],
  [
    'POD-122 disk readiness without readiness',
    '{probes: {readiness: {enabled: false}, diskReadiness: {enabled: true}}}',
    SET,
    `${MAIN}.readinessProbe`,
    absent,
  ],
  [
    'POD-123 disk readiness wants 1Gi',
    `${DISK}, minFree: 1Gi}}}`,
    SET,
    `${MAIN}.readinessProbe.exec.command`,
    [...PROGRAM, '/home/openclaw/.openclaw', '1073741824', READY],
  ],
  [
    'POD-123 disk readiness of another path',
    `${DISK}, path: "/mnt/it's here", minFree: 512Mi}}}`,
    SET,
    `${MAIN}.readinessProbe.exec.command`,
    [...PROGRAM, "/mnt/it's here", '536870912', READY],
  ],
  [
    'POD-125 disk readiness asks the gateway without the proxy',
    `{gateway: {enabled: false}, ${DISK.slice(1)}}}}`,
    SET,
    `${MAIN}.readinessProbe.exec.command`,
    [...PROGRAM, '/home/openclaw/.openclaw', '67108864', 'http://127.0.0.1:18789/readyz'],
  ],
  ['POD-120 the program is mounted', `${DISK}}}}`, SET, `${MAIN}.volumeMounts[mountPath=/opt/openclaw-gitops]`, anyValue],
]);
