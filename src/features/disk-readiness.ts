/** Readiness that also wants room on the volume: a full disk takes the agent out of its Service without restarting it. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { PROGRAMS_VOLUME } from '../compose/program-container.ts';
import { programEntries } from '../compose/program-files.ts';
import { PROGRAMS_PATH } from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

const PROGRAM_FILE = 'disk-readiness.mjs';

function contribute({ probes, gateway, name }: Resolved): Contribution | null {
  if (probes.disk === null || probes.readiness === null) return null;
  const { path, minFreeBytes } = probes.disk;
  const command = ['node', `${PROGRAMS_PATH}/${PROGRAM_FILE}`, path, String(minFreeBytes), `http://127.0.0.1:${gateway.port}/readyz`];
  return {
    configMaps: [programEntries(name, [PROGRAM_FILE])],
    main: {
      mounts: [{ name: PROGRAMS_VOLUME, mountPath: PROGRAMS_PATH, readOnly: true }],
      readinessProbe: { exec: { command }, successThreshold: 1, ...probes.readiness },
    },
  };
}

export const diskReadiness: Feature = {
  id: 'disk-readiness',
  summary: 'readiness that also wants free space on the volume',
  reads: ['probes.diskReadiness', 'probes.readiness', 'gateway.enabled'],
  contribute,
};
