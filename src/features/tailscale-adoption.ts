/**
 * The identity in the tailnet of an agent that the operator ran: it lies in a Secret, and is taken over to the volume once. Otherwise the
 * agent would come back as another machine, under a name with a number behind it.
 */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { programContainer } from '../compose/program-container.ts';
import { programFiles } from '../compose/program-files.ts';
import { tailscaleStateSecretName } from '../kube/names.ts';
import { TAILSCALE_STATE_DIRECTORY } from '../kube/paths.ts';
import { PLAN_SCHEMA, type AdoptTailnetIdentityPlan } from '../lib/pod-plan.ts';
import type { Resolved } from '../resolve/resolved.ts';

const CONTAINER = 'adopt-tailnet-identity';
const PROGRAM_FILE = 'adopt-tailnet-identity.mjs';
const PLAN_FILE = 'adopt-tailnet-identity.json';
const PLAN_VOLUME = 'adopt-tailnet-identity-plan';
const SECRET_VOLUME = 'tailscale-former-state';
const SECRET_PATH = '/former-state';
const STATE_PATH = '/state';

function contribute(resolved: Resolved): Contribution | null {
  const { tailscale, name } = resolved;
  if (tailscale === null) return null;
  const secretName = tailscaleStateSecretName(name);
  const plan: AdoptTailnetIdentityPlan = { schema: PLAN_SCHEMA, secret: SECRET_PATH, state: `${STATE_PATH}/tailscaled.state` };
  const files = programFiles(name, {
    program: PROGRAM_FILE,
    planFile: PLAN_FILE,
    planVolume: PLAN_VOLUME,
    plan,
    takesEffect: 'next-start',
  });
  return {
    // Without data, so that the operator's stays as it is; empty for everybody else.
    secrets: [{ name: secretName }],
    configMaps: files.configMaps,
    volumes: [files.planVolume, { name: SECRET_VOLUME, secret: { secretName, defaultMode: 0o440, optional: true } }],
    initContainers: [
      {
        ...programContainer(resolved, {
          name: CONTAINER,
          program: PROGRAM_FILE,
          plan: PLAN_FILE,
          planVolume: PLAN_VOLUME,
          cpuLimit: '500m',
          env: [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
          mounts: [
            { name: SECRET_VOLUME, mountPath: SECRET_PATH, readOnly: true },
            { name: 'data', mountPath: STATE_PATH, subPath: TAILSCALE_STATE_DIRECTORY },
          ],
        }),
        phase: 'install',
      },
    ],
  };
}

export const tailscaleAdoption: Feature = {
  id: 'tailscale-adoption',
  summary: 'the identity in the tailnet that the operator kept in a Secret, taken over once',
  reads: ['tailscale', 'image'],
  contribute,
};
