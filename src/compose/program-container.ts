/** The container that runs one of our programs, with its plan or a few words as arguments, on the Node of the OpenClaw image. */
import { PLANS_PATH, PROGRAMS_PATH } from '../kube/paths.ts';
import type { EnvVar, VolumeMount } from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { PlannedContainer } from './contribution.ts';

/** Volume with the programs, in whatever pod runs one of them. */
export const PROGRAMS_VOLUME = 'programs';

type Program = (Planned | Instructed) & {
  readonly name: string;
  readonly program: string;
  readonly cpuLimit: string;
  readonly mounts: readonly VolumeMount[];
  /** 256Mi unless the program runs others inside its container. */
  readonly memoryLimit?: string;
  /** 64Mi unless the program fetches something. */
  readonly diskLimit?: string;
  readonly env?: readonly EnvVar[];
  /** True when the program opens TLS connections. */
  readonly tlsClient?: true;
};

interface Planned {
  readonly plan: string;
  readonly planVolume: string;
}

interface Instructed {
  readonly args: readonly string[];
}

export function programContainer({ image }: Resolved, asked: Program): PlannedContainer {
  const { name, program, cpuLimit, mounts, memoryLimit = '256Mi', diskLimit = '64Mi', env = [], tlsClient = false } = asked;
  const args = 'plan' in asked ? [`${PLANS_PATH}/${asked.plan}`] : asked.args;
  const plans = 'plan' in asked ? [{ name: asked.planVolume, mountPath: PLANS_PATH, readOnly: true }] : [];
  return {
    origin: 'own',
    ...(tlsClient ? { tlsClient: 'node' } : {}),
    container: {
      name,
      image: image.reference,
      imagePullPolicy: image.pullPolicy,
      command: ['node', `${PROGRAMS_PATH}/${program}`, ...args],
      ...(env.length === 0 ? {} : { env: [...env] }),
      resources: {
        requests: { cpu: '10m', 'ephemeral-storage': '16Mi', memory: '64Mi' },
        limits: { cpu: cpuLimit, 'ephemeral-storage': diskLimit, memory: memoryLimit },
      },
      volumeMounts: [{ name: PROGRAMS_VOLUME, mountPath: PROGRAMS_PATH, readOnly: true }, ...plans, ...mounts],
    },
  };
}
