/** Departures in what is installed before the agent starts: skills, plugins, runtime dependencies. */
import type { Departure } from './explain.ts';
import { absent, anyString, anyValue } from './shape.ts';

const SET = { kind: 'StatefulSet', name: '<name>' } as const;
const CONFIG = { kind: 'ConfigMap', name: '<name>-config' } as const;
const POD = 'spec.template.spec';
const GONE = { ...SET, operator: anyValue, ours: absent } as const;
const NEW = { ...SET, operator: absent, ours: anyValue } as const;

const skillsAndPlugins: readonly Departure[] = [
  {
    ...GONE,
    path: `${POD}.initContainers[name=init-skills]`,
    ids: ['POD-187', 'POD-191', 'POD-192', 'POD-197', 'POD-200'],
    reason: "One tested program in exec form drives OpenClaw's own command line, once: a start with everything there needs no network.",
  },
  {
    ...GONE,
    path: `${POD}.initContainers[name=init-plugins]`,
    ids: ['POD-201', 'POD-203'],
    reason: 'The same program installs plugins and compares what OpenClaw then has with what was asked for.',
  },
  {
    ...NEW,
    path: `${POD}.initContainers[name=install-skills]`,
    ids: ['POD-187', 'POD-188', 'POD-201', 'POD-205'],
    reason: "With the operator's environment, ours behind the user's, so that nobody lets packages run scripts by a variable (D17).",
  },
  {
    ...CONFIG,
    path: 'data["install-skills.json"]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-187', 'POD-202'],
    reason: 'What is installed is a plan that a program reads, not generated shell.',
  },
  { ...NEW, path: `${POD}.volumes[name=skills-plan]`, ids: ['POD-212'], reason: 'The plan of the installer.' },
  {
    ...SET,
    path: `${POD}.volumes[name=skills-tmp].emptyDir.sizeLimit`,
    operator: absent,
    ours: '2Gi',
    ids: ['POD-212'],
    reason: 'No volume can fill the node.',
  },
  {
    kind: 'StatefulSet',
    name: 'plugins',
    path: `${POD}.volumes[name=skills-tmp]`,
    operator: absent,
    ours: { emptyDir: { sizeLimit: '2Gi' }, name: 'skills-tmp' },
    ids: ['POD-201'],
    reason: 'One installer has one directory for temporary files.',
  },
  { ...GONE, path: `${POD}.volumes[name=plugins-tmp]`, ids: ['POD-201'], reason: 'One installer has one directory for temporary files.' },
  {
    ...GONE,
    path: `${POD}.containers[name=openclaw].volumeMounts[mountPath=/app/skills]`,
    ids: ['POD-107', 'D31'],
    reason: "Skills go where OpenClaw reads them by itself, and the image's own are never hidden by old copies.",
  },
  {
    ...GONE,
    path: `${POD}.containers[name=openclaw].env[name=NODE_PATH]`,
    ids: ['POD-095'],
    reason: 'No plugin is in that directory; each finds its packages in a project of its own.',
  },
  {
    kind: 'ConfigMap',
    name: 'plugins-config',
    path: 'data["openclaw.json"].plugins',
    operator: absent,
    ours: { entries: { 'diagnostics-otel': { enabled: true }, 'plugin-a': { enabled: true }, 'plugin-b': { enabled: true } } },
    ids: ['POD-202'],
    reason: 'An installed plugin that the configuration does not enable is not loaded.',
  },
];

const LOCAL_BIN = '/home/openclaw/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const runtimeDeps: readonly Departure[] = [
  {
    ...GONE,
    path: `${POD}.initContainers[name=init-pnpm]`,
    ids: ['POD-176', 'D13'],
    reason: 'One tested program in exec form brings one version, looks whether it works, and says what to do without a network.',
  },
  {
    ...GONE,
    path: `${POD}.initContainers[name=init-python]`,
    ids: ['POD-177', 'D13'],
    reason: 'The same program, with the uv that the next container copies: one version, and a newer uv replaces an older one.',
  },
  { ...NEW, path: `${POD}.initContainers[name=copy-uv]`, ids: ['POD-177'], reason: "uv's image is there for one file only." },
  { ...NEW, path: `${POD}.initContainers[name=install-tools]`, ids: ['POD-176', 'POD-177'], reason: 'pnpm and Python, in this order.' },
  {
    ...CONFIG,
    path: 'data["install-tools.json"]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-176', 'POD-177'],
    reason: 'What is installed is a plan that a program reads, not generated shell.',
  },
  { ...NEW, path: `${POD}.volumes[name=runtime-deps-plan]`, ids: ['POD-212'], reason: 'The plan of the installer.' },
  {
    ...NEW,
    path: `${POD}.volumes[name=runtime-deps-tmp]`,
    ids: ['POD-212'],
    reason: 'One installer has one directory for temporary files.',
  },
  { ...NEW, path: `${POD}.volumes[name=uv]`, ids: ['POD-177'], reason: 'Where uv is handed over.' },
  { ...GONE, path: `${POD}.volumes[name=pnpm-tmp]`, ids: ['POD-176'], reason: 'One installer has one directory for temporary files.' },
  { ...GONE, path: `${POD}.volumes[name=python-tmp]`, ids: ['POD-177'], reason: 'One installer has one directory for temporary files.' },
  ...['COREPACK_HOME', 'COREPACK_ENABLE_DOWNLOAD_PROMPT', 'COREPACK_ENABLE_AUTO_PIN', 'COREPACK_DEFAULT_TO_LATEST'].map(
    (name): Departure => ({
      ...NEW,
      path: `${POD}.containers[name=openclaw].env[name=${name}]`,
      ids: ['POD-176'],
      reason: 'Without it the agent does not find the pnpm that was installed, or is asked before it may use another.',
    }),
  ),
  // Behind the directory of Tailscale's command, where there is one.
  ...['', '/tailscale-bin:'].map((before): Departure => ({
    ...SET,
    path: `${POD}.containers[name=openclaw].env[name=PATH].value`,
    operator: `${before}/home/openclaw/.openclaw${LOCAL_BIN.slice('/home/openclaw'.length)}`,
    ours: `${before}${LOCAL_BIN}`,
    ids: ['POD-176', 'POD-177', 'POD-187'],
    reason: 'The same directory of the volume, under its other mount: the state directory is a directory of its own here.',
  })),
];

const clusterDefaults: readonly Departure[] = [
  ['cluster-defaults', 'mirror.example.test/openclaw/openclaw:latest', 'mirror.example.test/base/openclaw:2026.2.9'],
  [
    'my-openclaw',
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/openclaw/openclaw:latest',
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/openclaw/openclaw:v0.28.0',
  ],
].map(([name = '', operator = '', ours = '']): Departure => ({
  kind: 'StatefulSet',
  name,
  path: `${POD}.containers[name=openclaw].image`,
  operator,
  ours,
  ids: ['W-36'],
  reason: 'Cluster defaults apply to an instance that says nothing; on a cluster the defaults of the schema are in their way.',
}));

const otherWorkspaces: readonly Departure[] = ['helper', 'second'].map((workspace) => ({
  kind: 'ConfigMap',
  name: 'workspace-config-map-workspace',
  path: `data["--ws--${workspace}--ENVIRONMENT.md"]`,
  operator: '<text sha256:48858890e859 lines:72 bytes:1821>',
  ours: anyString,
  ids: ['POD-266'],
  reason: 'Our own words about the same pod, which is locked down in other places.',
}));

export const DEPARTURES_INSTALLS: readonly Departure[] = [...skillsAndPlugins, ...runtimeDeps, ...clusterDefaults, ...otherWorkspaces];
