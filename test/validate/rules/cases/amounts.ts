import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const RESOURCES = ['resources', 'chromium.resources', 'tailscale.resources', 'ollama.resources', 'webTerminal.resources'];
const PLACES = [
  ...RESOURCES.flatMap((path) => ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'].map((amount) => `${path}.${amount}`)),
  'storage.persistence.size',
  'chromium.persistence.size',
  'ollama.storage.sizeLimit',
];

/** The spec that has `value` at the dotted path and nothing else. */
function specWith(path: string, value: string): string {
  const keys = path.split('.');
  return bot(`${keys.map((key) => `{${key}: `).join('')}"${value}"${'}'.repeat(keys.length)}`);
}

const times = (value: string): string => `a duration of ${value}`;
const accepted = (path: string, values: readonly string[]) =>
  values.map((value) => ({ title: `${path} may be "${value}"`, input: specWith(path, value), expected: [] }));
const refused = (id: string, path: string, values: readonly (readonly [string, string])[]) =>
  values.map(([value, problem]) => ({
    title: `${id} ${path}, ${times(value)}`,
    input: specWith(path, value),
    expected: [`error spec.${path}: "${value}" ${problem}`],
  }));

const HOURS = 'expected 1h to 168h';
const MINUTES = 'expected 2m to 30m';
const BACKUP = 'expected 5m to 24h';

const SCHEDULES: readonly (readonly [string, string])[] = [
  ['60 3 * * *', 'has "60" as minute (0 to 59)'],
  ['0 24 * * *', 'has "24" as hour (0 to 23)'],
  ['0 3 0 * *', 'has "0" as day of the month (1 to 31)'],
  ['0 3 * jam *', 'has "jam" as month (1 to 12)'],
  ['0 3 * * 7', 'has "7" as day of the week (0 to 6)'],
  ['*/0 * * * *', 'has "*/0" as minute (0 to 59)'],
  ['5-1 * * * *', 'has "5-1" as minute (0 to 59)'],
  ['1,,2 * * * *', 'has "1,,2" as minute (0 to 59)'],
  ['1-2-3 * * * *', 'has "1-2-3" as minute (0 to 59)'],
  ['1/2/3 * * * *', 'has "1/2/3" as minute (0 to 59)'],
  ['0 3 * * * *', 'has 6 fields'],
  ['@sometimes', 'is no schedule that cron knows by name'],
  ['@every soon', 'is no schedule that cron knows by name'],
  ['TZ=UTC 0 3 * * *', 'sets a time zone, which Kubernetes refuses in a schedule'],
];

export const AMOUNT_CASES: RuleCases = {
  'quantity-syntax': [
    {
      title: 'POD-330 ARD-149 an amount that is none',
      input: bot('{resources: {limits: {memory: lots}}}'),
      expected: ['error spec.resources.limits.memory: "lots" is no quantity; expected a form such as "500m" or "10Gi"'],
    },
    ...PLACES.map((path) => ({
      title: `POD-330 ARD-149 ${path} is looked at`,
      input: specWith(path, '4 Gi'),
      expected: [`error spec.${path}: "4 Gi" is no quantity; expected a form such as "500m" or "10Gi"`],
    })),
    {
      title: 'less than nothing',
      input: bot('{resources: {requests: {cpu: "-1"}}, sidecars: [{name: a, image: b, resources: {limits: {memory: "-1Gi"}}}]}'),
      expected: [
        'error spec.resources.requests.cpu: "-1" is less than nothing; expected a positive amount',
        'error spec.sidecars[0].resources.limits.memory: "-1Gi" is less than nothing; expected a positive amount',
      ],
    },
    {
      title: 'less than nothing, of the volumes of the user',
      input: bot(
        '{extraVolumes: [{name: a, emptyDir: {sizeLimit: "-1"}}, {name: b, emptyDir: {sizeLimit: 1Gi}}], sidecarVolumes: [{name: c, emptyDir: {sizeLimit: -5}}]}',
      ),
      expected: [
        'error spec.sidecarVolumes[0].emptyDir.sizeLimit: "-5" is less than nothing; expected a positive amount',
        'error spec.extraVolumes[0].emptyDir.sizeLimit: "-1" is less than nothing; expected a positive amount',
      ],
    },
    {
      title: 'POD-330 ARD-149 what Kubernetes accepts, and empty texts',
      input: bot(
        '{resources: {requests: {cpu: "0.5", memory: "1e9"}, limits: {cpu: "", memory: 4.5Gi}}, storage: {persistence: {size: 1Ti}}}',
      ),
      expected: [],
    },
  ],
  'byte-amount': [
    {
      title: 'a part of a byte',
      input: bot(
        '{storage: {persistence: {size: 1500m}}, chromium: {persistence: {size: "0.5"}}, resources: {requests: {cpu: 500m, memory: 0.1Gi}}}',
      ),
      expected: [
        'warning spec.resources.requests.memory: "0.1Gi" is not a whole number of bytes; expected an amount such as "10Gi"',
        'warning spec.storage.persistence.size: "1500m" is not a whole number of bytes; expected an amount such as "10Gi"',
        'warning spec.chromium.persistence.size: "0.5" is not a whole number of bytes; expected an amount such as "10Gi"',
      ],
    },
    {
      title: 'a part of a byte in a container of the user',
      input: bot(
        '{webTerminal: {resources: {limits: {memory: 1m}}}, sidecars: [{name: a, image: b, resources: {requests: {cpu: 1m, memory: "1.5", ephemeral-storage: 1m}}}]}',
      ),
      expected: [
        'warning spec.webTerminal.resources.limits.memory: "1m" is not a whole number of bytes; expected an amount such as "10Gi"',
        'warning spec.sidecars[0].resources.requests.memory: "1.5" is not a whole number of bytes; expected an amount such as "10Gi"',
        'warning spec.sidecars[0].resources.requests.ephemeral-storage: "1m" is not a whole number of bytes; expected an amount such as "10Gi"',
      ],
    },
    {
      title: 'more than can be checked, by a byte',
      input: bot('{resources: {limits: {memory: "9223372036854775"}}, storage: {persistence: {size: "9223372036854776"}}}'),
      expected: [
        'warning spec.storage.persistence.size: "9223372036854776" is over 9223372036854775 bytes; expected an amount such as "10Gi"',
      ],
    },
    {
      title: 'whole bytes, however they are written',
      input: bot('{resources: {requests: {memory: 1.5Ki}, limits: {memory: 4000000000000m}}, storage: {persistence: {size: "1e10"}}}'),
      expected: [],
    },
  ],
  'requests-above-limits': [
    {
      title: 'a limit below the default request',
      input: bot(
        '{tailscale: {enabled: true, resources: {limits: {memory: 32Mi}}}, webTerminal: {enabled: true, resources: {limits: {cpu: 10m}}}}',
      ),
      expected: [
        'error spec.tailscale.resources.limits.memory: the default request for memory, "64Mi", is above the limit of "32Mi"; expected at most that',
        'error spec.webTerminal.resources.limits.cpu: the default request for cpu, "50m", is above the limit of "10m"; expected at most that',
      ],
    },
    {
      title: 'a request above the default limit',
      input: bot('{resources: {requests: {memory: 8Gi}}}'),
      expected: [
        'error spec.resources.requests.memory: the request for memory, "8Gi", is above the default limit of "4Gi"; expected at most that',
      ],
    },
    {
      title: 'above its own limits',
      input: bot('{resources: {requests: {cpu: "3", memory: 2Gi}, limits: {cpu: 2500m, memory: 1Gi}}}'),
      expected: [
        'error spec.resources.requests.cpu: the request for cpu, "3", is above the limit of "2500m"; expected at most that',
        'error spec.resources.requests.memory: the request for memory, "2Gi", is above the limit of "1Gi"; expected at most that',
      ],
    },
    {
      title: 'of a sidecar and of the browser',
      input: bot(
        '{sidecars: [{name: a, image: b, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}], chromium: {enabled: true, resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}}}',
      ),
      expected: [
        'error spec.chromium.resources.requests.memory: the request for memory, "2Gi", is above the limit of "1Gi"; expected at most that',
        'error spec.sidecars[0].resources.requests.cpu: the request for cpu, "2", is above the limit of "1"; expected at most that',
      ],
    },
    {
      title: 'of Ollama, above a default limit and above its own',
      input: bot('{ollama: {enabled: true, resources: {requests: {cpu: "3", memory: 9Gi}, limits: {memory: 8Gi}}}}'),
      expected: [
        'error spec.ollama.resources.requests.cpu: the request for cpu, "3", is above the default limit of "2"; expected at most that',
        'error spec.ollama.resources.requests.memory: the request for memory, "9Gi", is above the limit of "8Gi"; expected at most that',
      ],
    },
    {
      title: 'of the browser, above a default limit',
      input: bot('{chromium: {enabled: true, resources: {requests: {memory: 3Gi}}}}'),
      expected: [
        'error spec.chromium.resources.requests.memory: the request for memory, "3Gi", is above the default limit of "2Gi"; expected at most that',
      ],
    },
    { title: 'ARD-147 absent limits take their defaults', input: bot('{resources: {requests: {cpu: "2", memory: 4Gi}}}'), expected: [] },
    {
      title: 'the same amount in another spelling',
      input: bot('{resources: {requests: {cpu: 1500m, memory: 4096Mi}, limits: {cpu: "1.5", memory: 4Gi}}}'),
      expected: [],
    },
  ],
  'memory-limit-low': [
    {
      title: 'less than a turn may need',
      input: bot('{resources: {limits: {memory: 2Gi}}}'),
      expected: ['warning spec.resources.limits.memory: "2Gi" is less memory than a turn may need; expected at least "3Gi"'],
    },
    { title: 'enough', input: bot('{resources: {limits: {memory: 3Gi}}}'), expected: [] },
    { title: 'ARD-147 the default is enough', input: bot('{resources: {limits: {cpu: "1"}}}'), expected: [] },
  ],
  'disk-readiness': [
    {
      title: 'an amount that is none',
      input: bot('{probes: {diskReadiness: {minFree: lots}}}'),
      expected: ['error spec.probes.diskReadiness.minFree: "lots" is no amount of storage; expected a form such as "64Mi"'],
    },
    {
      title: 'a relative path, and more than the volume has',
      input: bot('{probes: {diskReadiness: {path: data, minFree: 10Gi}}}'),
      expected: [
        'error spec.probes.diskReadiness.path: "data" is not an absolute path; expected one that starts with "/"',
        'error spec.probes.diskReadiness.minFree: "10Gi" is never free on a volume of "10Gi"; expected less',
      ],
    },
    {
      title: 'less than nothing',
      input: bot('{probes: {diskReadiness: {minFree: "-1"}}}'),
      expected: ['error spec.probes.diskReadiness.minFree: "-1" is no amount of storage; expected a form such as "64Mi"'],
    },
    {
      title: 'a path and an amount',
      input: bot('{probes: {diskReadiness: {enabled: true, path: /home/openclaw/.openclaw, minFree: 100Mi}}}'),
      expected: [],
    },
    {
      title: 'the volume of the user has an unknown size',
      input: bot('{probes: {diskReadiness: {minFree: 100Gi}}, storage: {persistence: {existingClaim: mine}}}'),
      expected: [],
    },
  ],
  duration: [
    {
      title: 'ARD-150 a day is no unit',
      input: bot('{autoUpdate: {checkInterval: 1d}}'),
      expected: ['error spec.autoUpdate.checkInterval: "1d" is not a duration; expected 1h to 168h'],
    },
    ...refused('ARD-150', 'autoUpdate.checkInterval', [
      ['59m59s', `is too short; ${HOURS}`],
      ['168h1s', `is too long; ${HOURS}`],
      ['-2h', `is too short; ${HOURS}`],
      ['3600', `is not a duration; ${HOURS}`],
      ['1 h', `is not a duration; ${HOURS}`],
    ]),
    ...refused('ARD-151', 'autoUpdate.healthCheckTimeout', [
      ['119s', `is too short; ${MINUTES}`],
      ['30m1ms', `is too long; ${MINUTES}`],
      ['soon', `is not a duration; ${MINUTES}`],
    ]),
    ...refused('ARD-152', 'backup.timeout', [
      ['0', `is too short; ${BACKUP}`],
      ['25h', `is too long; ${BACKUP}`],
      ['30', `is not a duration; ${BACKUP}`],
    ]),
    ...accepted('autoUpdate.checkInterval', ['1h', '168h', '1h30m', '1.5h', '60m', '']),
    ...accepted('autoUpdate.healthCheckTimeout', ['2m', '30m', '120s']),
    ...accepted('backup.timeout', ['5m', '24h']),
    {
      title: 'an interval of Prometheus',
      input: bot('{observability: {metrics: {serviceMonitor: {interval: 1.5m}}}}'),
      expected: [
        'error spec.observability.metrics.serviceMonitor.interval: "1.5m" is not a duration of Prometheus; expected a form such as "30s"',
      ],
    },
    ...accepted('observability.metrics.serviceMonitor.interval', ['30s', '1m30s', '1d', '']),
  ],
  'cron-schedule': [
    {
      title: 'ARD-170 four fields',
      input: bot('{backup: {schedule: "0 3 * *"}}'),
      expected: ['error spec.backup.schedule: "0 3 * *" has 4 fields; expected five fields of cron, or a word such as "@daily"'],
    },
    ...SCHEDULES.map(([schedule, problem]) => ({
      title: `ARD-170 "${schedule}" is refused`,
      input: bot(`{backup: {schedule: "${schedule}"}}`),
      expected: [`error spec.backup.schedule: "${schedule}" ${problem}; expected five fields of cron, or a word such as "@daily"`],
    })),
    ...['0 3 * * *', '*/15 0-6,22 1 jan-mar MON-FRI', '@daily', '@every 6h', '0 0 ? * sun', '5/20 * * * *', ' 0  3 * * * ', ''].map(
      (schedule) => ({
        title: `ARD-170 "${schedule}" is a schedule`,
        input: bot(`{backup: {schedule: "${schedule}"}}`),
        expected: [],
      }),
    ),
  ],
  'backup-without-volume': [
    {
      title: 'W-15 nothing to back up',
      input: bot('{backup: {schedule: "@daily"}, storage: {persistence: {enabled: false}}}'),
      expected: [
        'warning spec.backup.schedule: backups are scheduled for an agent without a volume; expected "spec.storage.persistence.enabled"',
      ],
    },
    { title: 'W-15 a volume, or no schedule', input: bot('{backup: {schedule: "@daily"}}'), expected: [] },
  ],
  'autoscaling-range': [
    {
      title: 'the least is above the most',
      input: bot('{availability: {autoScaling: {minReplicas: 3, maxReplicas: 2}}}'),
      expected: ['error spec.availability.autoScaling.minReplicas: minReplicas, 3, is above maxReplicas, 2; expected at most that'],
    },
    {
      title: 'above the default',
      input: bot('{availability: {autoScaling: {minReplicas: 6}}}'),
      expected: [
        'error spec.availability.autoScaling.minReplicas: minReplicas, 6, is above the default maxReplicas of 5; expected at most that',
      ],
    },
    { title: 'equal', input: bot('{availability: {autoScaling: {minReplicas: 2, maxReplicas: 2}}}'), expected: [] },
  ],
  'autoscaling-replicas': [
    {
      title: 'D22 several gateways',
      input: bot('{availability: {autoScaling: {enabled: true}}}'),
      expected: [
        'warning spec.availability.autoScaling.enabled: autoscaling runs several gateways, each on a volume of its own; expected one for each agent',
      ],
    },
    { title: 'D22 one at most', input: bot('{availability: {autoScaling: {enabled: true, maxReplicas: 1}}}'), expected: [] },
    { title: 'D22 off', input: bot('{availability: {autoScaling: {enabled: false, maxReplicas: 9}}}'), expected: [] },
  ],
  'autoscaling-claim': [
    {
      title: 'POD-022 a claim of the user',
      input: bot('{availability: {autoScaling: {enabled: true}}, storage: {persistence: {existingClaim: state}}}'),
      expected: [
        'warning spec.storage.persistence.existingClaim: nothing mounts the claim "state", because autoscaling makes one for each replica; expected one of the two',
      ],
    },
    { title: 'one gateway', input: bot('{storage: {persistence: {existingClaim: state}}}'), expected: [] },
    {
      title: 'no claim, and no volume at all',
      input: bot('{availability: {autoScaling: {enabled: true}}, storage: {persistence: {enabled: false, existingClaim: state}}}'),
      expected: [],
    },
  ],
  'autoscaling-suspended': [
    {
      title: 'POD-331 both',
      input: bot('{suspended: true, availability: {autoScaling: {enabled: true}}}'),
      expected: ['error spec.suspended: "suspended" and "availability.autoScaling" exclude each other; expected one of the two'],
    },
    { title: 'POD-331 one of the two', input: bot('{suspended: true, availability: {autoScaling: {enabled: false}}}'), expected: [] },
  ],
};
