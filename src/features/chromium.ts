/**
 * A browser beside the agent, for the agent alone: the Chrome DevTools Protocol knows no password, so it answers on loopback only,
 * where neither other pods nor the kubelet's probes reach it. A native sidecar, since OpenClaw remembers a browser that was not there
 * when it started.
 */
import type { Contribution, Feature, PlannedInitContainer } from '../compose/contribution.ts';
import { programContainer } from '../compose/program-container.ts';
import { programEntries } from '../compose/program-files.ts';
import { CA_BUNDLE_PATH } from '../kube/paths.ts';
import type { Volume } from '../kube/types.ts';
import { CDP_PORT, type ResolvedChromium } from '../resolve/chromium.ts';
import type { Resolved } from '../resolve/resolved.ts';

const TMP_VOLUME = 'chromium-tmp';
const SHM_VOLUME = 'chromium-shm';
const PROFILE_VOLUME = 'chromium-data';
const PROFILE_PATH = '/chromium-data';

const USER = 1001;
/** The user of the operator's browser. */
const OPERATOR_USER = 65534;

const CDP_URL = `http://127.0.0.1:${CDP_PORT}`;
const START_SECONDS = 60;

type ProgramFile = 'adopt-profile.mjs' | 'await-browser.mjs' | 'trust-certificates.mjs';

interface Step {
  readonly file: ProgramFile;
  readonly container: PlannedInitContainer;
}

/** What the browser is told last, so that nothing before it can open the port to others or move the profile. */
function lastArgs({ isHeadlessShell, profile }: ResolvedChromium): string[] {
  return [
    ...(isHeadlessShell ? ['--remote-debugging-address=127.0.0.1', `--remote-debugging-port=${CDP_PORT}`] : []),
    ...(profile === null ? [] : [`--user-data-dir=${PROFILE_PATH}`]),
  ];
}

function browser(chromium: ResolvedChromium): PlannedInitContainer {
  const { image, isHeadlessShell, args, extraEnv, resources, home, profile } = chromium;
  return {
    origin: 'own',
    phase: 'sidecar',
    security: { runAsUser: USER, runAsNonRoot: true },
    container: {
      name: 'chromium',
      image,
      imagePullPolicy: 'IfNotPresent',
      restartPolicy: 'Always',
      // The image's own script would listen on all addresses, and split arguments at blanks.
      ...(isHeadlessShell ? { command: ['/headless-shell/headless-shell'] } : {}),
      args: [...args, ...lastArgs(chromium)],
      env: [...(extraEnv.some(({ name }) => name === 'HOME') ? [] : [{ name: 'HOME', value: home }]), ...extraEnv],
      resources: {
        requests: { ...resources.requests, 'ephemeral-storage': '128Mi' },
        limits: { ...resources.limits, 'ephemeral-storage': '2304Mi' },
      },
      volumeMounts: [
        { name: TMP_VOLUME, mountPath: home },
        { name: SHM_VOLUME, mountPath: '/dev/shm' },
        ...(profile === null ? [] : [{ name: PROFILE_VOLUME, mountPath: PROFILE_PATH }]),
      ],
    },
  };
}

/** A profile that the operator's browser has left belongs to another user, who alone can open it to the group. */
function adoption(resolved: Resolved): Step {
  const program = programContainer(resolved, {
    name: 'adopt-chromium-profile',
    program: 'adopt-profile.mjs',
    args: [PROFILE_PATH],
    cpuLimit: '500m',
    mounts: [{ name: PROFILE_VOLUME, mountPath: PROFILE_PATH }],
  });
  return {
    file: 'adopt-profile.mjs',
    container: { ...program, phase: 'install', security: { runAsUser: OPERATOR_USER, runAsNonRoot: true } },
  };
}

/** The browser reads no file of certificates but its own store, which lies below its home directory. */
function certificates(resolved: Resolved, { home }: ResolvedChromium): Step {
  const program = programContainer(resolved, {
    name: 'chromium-certificates',
    program: 'trust-certificates.mjs',
    args: [CA_BUNDLE_PATH, `${home}/.pki/nssdb`],
    cpuLimit: '500m',
    mounts: [{ name: TMP_VOLUME, mountPath: home }],
  });
  return { file: 'trust-certificates.mjs', container: { ...program, phase: 'install', security: { runAsUser: USER, runAsNonRoot: true } } };
}

function waiting(resolved: Resolved): Step {
  const program = programContainer(resolved, {
    name: 'await-chromium',
    program: 'await-browser.mjs',
    args: [`${CDP_URL}/json/version`, String(START_SECONDS), 'chromium'],
    cpuLimit: '500m',
    mounts: [],
  });
  return { file: 'await-browser.mjs', container: { ...program, phase: 'provision' } };
}

function profileVolume({ profile }: ResolvedChromium): Volume[] {
  return profile === null ? [] : [{ name: PROFILE_VOLUME, persistentVolumeClaim: { claimName: profile.claimName } }];
}

function contribute(resolved: Resolved): Contribution | null {
  const { chromium, caBundle, name } = resolved;
  if (chromium === null) return null;
  const { profile } = chromium;
  const steps = [
    ...(profile === null ? [] : [adoption(resolved)]),
    ...(caBundle === null ? [] : [certificates(resolved, chromium)]),
    waiting(resolved),
  ];
  return {
    main: {
      env: [
        { name: 'OPENCLAW_CHROMIUM_CDP', value: CDP_URL },
        { name: 'CHROMIUM_URL', value: CDP_URL },
      ],
    },
    configPatch: { browser: { attachOnly: true, cdpUrl: CDP_URL, enabled: true } },
    configMaps: [
      programEntries(
        name,
        steps.map(({ file }) => file),
      ),
    ],
    volumes: [
      { name: TMP_VOLUME, emptyDir: { sizeLimit: '2Gi' } },
      { name: SHM_VOLUME, emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
      ...profileVolume(chromium),
    ],
    initContainers: [browser(chromium), ...steps.map(({ container }) => container)],
    claims:
      profile === null || !profile.rendersClaim
        ? []
        : [
            {
              name: profile.claimName,
              size: profile.size,
              storageClass: profile.storageClass,
              accessModes: ['ReadWriteOnce'],
              annotations: {},
            },
          ],
  };
}

export const chromium: Feature = {
  id: 'chromium',
  summary: 'a browser beside the agent, reached over loopback only',
  reads: ['chromium', 'image', 'security.caBundle'],
  contribute,
};
