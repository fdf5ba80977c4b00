/** Environment variables that mean something to the pod or to OpenClaw, from its documentation of 2026.9.6 and our own manifests. */
import { HOME_PATH, STATE_PATH } from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

export interface PodVariable {
  /** Why it should stay as it is, after "since". */
  readonly why: string;
  /** The one value that changes nothing. */
  readonly ours?: string;
  /** True when the container always sets it, which wins over `envFrom`. */
  readonly always?: boolean;
  /** True when nothing can come of another value, so that it is refused. */
  readonly breaks?: boolean;
}

/** Variables that every pod is built on. */
const POD_VARIABLES: ReadonlyMap<string, PodVariable> = new Map<string, PodVariable>([
  ['HOME', { why: 'the volume is mounted below the usual one', ours: HOME_PATH, always: true }],
  ['NPM_CONFIG_CACHE', { why: 'most other directories are read-only', ours: `${HOME_PATH}/.cache/npm`, always: true }],
  ['NPM_CONFIG_PREFIX', { why: 'what is installed elsewhere is lost with the pod', ours: `${HOME_PATH}/.local`, always: true }],
  ['OPENCLAW_ALLOW_MULTI_GATEWAY', { why: 'two gateways on one state directory destroy it' }],
  ['OPENCLAW_CONFIG_PATH', { why: 'the rendered configuration would not be read' }],
  ['OPENCLAW_HOME', { why: 'the volume is mounted below the usual one', ours: HOME_PATH }],
  ['OPENCLAW_LOAD_SHELL_ENV', { why: 'the container has no login shell' }],
  ['OPENCLAW_NO_AUTO_UPDATE', { why: 'the image decides the version', ours: '1', always: true }],
  ['OPENCLAW_NO_RESPAWN', { why: 'a gateway that restarts itself leaves the container', ours: '1', always: true }],
  ['OPENCLAW_PROFILE', { why: 'a profile has a state directory of its own, which is not on the volume' }],
  ['OPENCLAW_STATE_DIR', { why: 'the volume is mounted at the usual one', ours: STATE_PATH }],
  ['PATH', { why: 'it replaces the one that finds what is installed for skills' }],
  ['PIP_USER', { why: 'the image is read-only', ours: '1', always: true }],
  ['XDG_CACHE_HOME', { why: 'OpenClaw stops when it cannot write there', ours: `${HOME_PATH}/.cache`, always: true }],
]);

/** What the pod makes of a variable of this name, or undefined where it is the user's. */
export function podVariable(name: string, resolved: Pick<Resolved, 'name' | 'namespace' | 'selfConfigure'>): PodVariable | undefined {
  const ours = { OPENCLAW_INSTANCE_NAME: resolved.name, OPENCLAW_NAMESPACE: resolved.namespace }[name];
  if (ours === undefined || resolved.selfConfigure === null) return POD_VARIABLES.get(name);
  return { why: '"selfConfigure" asks for changes of the instance that it names', ours, always: true, breaks: true };
}

/** The other variables that OpenClaw documents, which users may set as they like. */
export const DOCUMENTED_VARIABLES: readonly string[] = [
  'OPENCLAW_ALLOW_INSECURE_PRIVATE_WS',
  'OPENCLAW_BROWSER_HEADLESS',
  'OPENCLAW_CONFIG_READONLY',
  'OPENCLAW_DEBUG_CODE_MODE',
  'OPENCLAW_DEBUG_MODEL_PAYLOAD',
  'OPENCLAW_DEBUG_MODEL_TRANSPORT',
  'OPENCLAW_DEBUG_SSE',
  'OPENCLAW_DIAGNOSTICS',
  'OPENCLAW_DIAGNOSTICS_EVENT_LOOP',
  'OPENCLAW_DIAGNOSTICS_TIMELINE_PATH',
  'OPENCLAW_DISABLE_BONJOUR',
  'OPENCLAW_EXEC_SHELL_SNAPSHOT',
  'OPENCLAW_GATEWAY_HANDSHAKE_TIMEOUT_MS',
  'OPENCLAW_GATEWAY_PASSWORD',
  'OPENCLAW_GATEWAY_PORT',
  'OPENCLAW_GATEWAY_TOKEN',
  'OPENCLAW_GATEWAY_URL',
  'OPENCLAW_GIT_DIR',
  'OPENCLAW_INCLUDE_ROOTS',
  'OPENCLAW_LOG_LEVEL',
  'OPENCLAW_OFFLINE',
  'OPENCLAW_PROXY_URL',
  'OPENCLAW_SHELL_ENV_TIMEOUT_MS',
  'OPENCLAW_SKIP_CHANNELS',
  'OPENCLAW_SQLITE_LIBRARY',
  'OPENCLAW_THEME',
  'OPENCLAW_WORKSPACE_DIR',
];
