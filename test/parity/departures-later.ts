/** Objects of backups and restores, which a later version renders: until then a warning says what does not happen. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const REASON = 'Accepted and checked, and a warning says that nothing happens yet: it waits for the backup programs.';

export const DEPARTURES_LATER: readonly Departure[] = [
  { kind: 'CronJob', name: '<name>-backup-periodic', path: '', operator: anyValue, ours: absent, ids: ['ARD-251'], reason: REASON },
  { kind: 'Job', name: '<name>-restore', path: '', operator: anyValue, ours: absent, ids: ['ARD-281'], reason: REASON },
  {
    kind: 'Secret',
    name: '<name>-s3-credentials',
    path: '',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-240'],
    reason: 'The operator copies its own credentials into each namespace; backups will read `s3-backup-credentials` there.',
  },
];
