import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { allContainers, CONFIG, field, MAIN, names, POD, rendered, type Row, SET, testRows } from './rendered.ts';

const BROWSER = `${POD}.initContainers[name=chromium]`;
const ON = '{chromium: {enabled: true}}';
const REQUESTS = { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '128Mi' };
const LIMITS = { cpu: '1', memory: '2Gi', 'ephemeral-storage': '2304Mi' };
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-blink-features=AutomationControlled',
  '--disable-features=AutomationControlled',
  '--no-first-run',
  '--disable-oom-score-adj',
];
const PORT = ['--remote-debugging-address=127.0.0.1', '--remote-debugging-port=9222'];
const COMMAND = ['/headless-shell/headless-shell'];
const DIGEST = `sha256:${'a'.repeat(64)}`;

const on = (more: string): string => `{chromium: {enabled: true, ${more}}}`;
const image = (fields: string): string => on(`image: {${fields}}`);

const numbers: readonly Row[] = (['requests', 'limits'] as const).flatMap((list) =>
  (['cpu', 'memory'] as const).map((amount): Row => {
    const value = { requests: { cpu: '750m', memory: '1Gi' }, limits: { cpu: '1500m', memory: '3Gi' } }[list][amount];
    const others = list === 'requests' ? REQUESTS : LIMITS;
    return [
      `POD-219 the browser's ${list}.${amount} alone`,
      on(`resources: {${list}: {${amount}: "${value}"}}`),
      SET,
      `${BROWSER}.resources.${list}`,
      { ...others, [amount]: value },
    ];
  }),
);

testRows([
  ['POD-073 the image', ON, SET, `${BROWSER}.image`, 'docker.io/chromedp/headless-shell:stable'],
  [
    'POD-074 T-36 an image that is no longer made',
    image('repository: ghcr.io/browserless/chromium, tag: latest'),
    SET,
    `${BROWSER}.image`,
    'docker.io/chromedp/headless-shell:stable',
  ],
  [
    'POD-074 with a digest, which names nothing in the other repository',
    image(`repository: ghcr.io/browserless/chromium, digest: "${DIGEST}"`),
    SET,
    `${BROWSER}.image`,
    'docker.io/chromedp/headless-shell:stable',
  ],
  [
    'POD-075 T-01 the short name with the tag latest',
    image('repository: chromedp/headless-shell, tag: latest'),
    SET,
    `${BROWSER}.image`,
    'docker.io/chromedp/headless-shell:stable',
  ],
  [
    'POD-076 another image without a tag',
    image('repository: r.example.com/chrome'),
    SET,
    `${BROWSER}.image`,
    'r.example.com/chrome:stable',
  ],
  [
    'POD-076 another image with an empty tag',
    image('repository: r.example.com/chrome, tag: ""'),
    SET,
    `${BROWSER}.image`,
    'r.example.com/chrome:stable',
  ],
  ['POD-077 a digest', image(`digest: "${DIGEST}", tag: "150"`), SET, `${BROWSER}.image`, `docker.io/chromedp/headless-shell@${DIGEST}`],
  [
    'POD-077 the digest of another image',
    image(`repository: r.example.com/chrome, digest: "${DIGEST}"`),
    SET,
    `${BROWSER}.image`,
    `r.example.com/chrome@${DIGEST}`,
  ],
  [
    'POD-066 the registry',
    `{registry: mirror.example.com, chromium: {enabled: true}}`,
    SET,
    `${BROWSER}.image`,
    'mirror.example.com/chromedp/headless-shell:stable',
  ],
  [
    'POD-072 the short name gives the same reference in a mirror',
    `{registry: mirror.example.com, chromium: {enabled: true, image: {repository: chromedp/headless-shell}}}`,
    SET,
    `${BROWSER}.image`,
    'mirror.example.com/chromedp/headless-shell:stable',
  ],
  ['POD-090 the address for the configuration of users', ON, SET, `${MAIN}.env[name=OPENCLAW_CHROMIUM_CDP].value`, 'http://127.0.0.1:9222'],
  ['POD-090 no browser, no address', '{}', SET, `${MAIN}.env[name=OPENCLAW_CHROMIUM_CDP]`, absent],
  ["the guide's variable", ON, SET, `${MAIN}.env[name=CHROMIUM_URL].value`, 'http://127.0.0.1:9222'],
  ['POD-158 a native sidecar', ON, SET, `${BROWSER}.restartPolicy`, 'Always'],
  ['POD-158 no ordinary container', ON, SET, `${POD}.containers[name=chromium]`, absent],
  ['POD-171 no proxy for it', ON, SET, `${POD}.containers[name=chromium-proxy]`, absent],
  ['POD-160 its environment', ON, SET, `${BROWSER}.env`, [{ name: 'HOME', value: '/tmp' }]],
  [
    "POD-160 the user's variables behind it",
    on('extraEnv: [{name: TZ, value: Europe/Madrid}]'),
    SET,
    `${BROWSER}.env`,
    [
      { name: 'HOME', value: '/tmp' },
      { name: 'TZ', value: 'Europe/Madrid' },
    ],
  ],
  [
    "POD-160 the user's own HOME stands once",
    on('extraEnv: [{name: HOME, value: /dev/shm}]'),
    SET,
    `${BROWSER}.env`,
    [{ name: 'HOME', value: '/dev/shm' }],
  ],
  ['POD-161 D28 its arguments, each once', ON, SET, `${BROWSER}.args`, [...ARGS, ...PORT]],
  [
    'POD-162 arguments of the user, in place and behind',
    on('extraArgs: ["--lang=es", "--disable-features=Translate", "--lang=pt"]'),
    SET,
    `${BROWSER}.args`,
    [
      ...ARGS.map((arg) => (arg === '--disable-features=AutomationControlled' ? '--disable-features=Translate' : arg)),
      '--lang=pt',
      ...PORT,
    ],
  ],
  [
    'POD-163 an argument with blanks',
    on('extraArgs: ["--user-agent=Company agent (X11; Linux) 1.0"]'),
    SET,
    `${BROWSER}.args`,
    [...ARGS, '--user-agent=Company agent (X11; Linux) 1.0', ...PORT],
  ],
  [
    'POD-164 the profile comes last',
    on('extraArgs: ["--lang=es"], persistence: {enabled: true}'),
    SET,
    `${BROWSER}.args`,
    [...ARGS, '--lang=es', ...PORT, '--user-data-dir=/chromium-data'],
  ],
  ['POD-165 without persistence', ON, SET, `${POD}.volumes[name=chromium-data]`, absent],
  [
    'POD-165 a claim of ours',
    on('persistence: {enabled: true}'),
    SET,
    `${POD}.volumes[name=chromium-data].persistentVolumeClaim`,
    { claimName: '<name>-chromium-data' },
  ],
  [
    'POD-165 a claim of the user',
    on('persistence: {enabled: true, existingClaim: logins}'),
    SET,
    `${POD}.volumes[name=chromium-data].persistentVolumeClaim`,
    { claimName: 'logins' },
  ],
  [
    'ARD-104 the claim',
    on('persistence: {enabled: true}'),
    'PersistentVolumeClaim/bot-chromium-data',
    'spec',
    { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  ],
  [
    'ARD-104 its size and class',
    on('persistence: {enabled: true, size: 2048Mi, storageClass: fast}'),
    'PersistentVolumeClaim/bot-chromium-data',
    'spec',
    { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, storageClassName: 'fast' },
  ],
  [
    'ARD-104 it is not backed up',
    on('persistence: {enabled: true}'),
    'PersistentVolumeClaim/bot-chromium-data',
    'metadata.annotations["openclaw.rocks/backup-enabled"]',
    absent,
  ],
  ['ARD-104 none without persistence', ON, 'PersistentVolumeClaim/bot-chromium-data', '', absent],
  [
    'ARD-104 none beside an existing claim',
    on('persistence: {enabled: true, existingClaim: logins}'),
    'PersistentVolumeClaim/bot-chromium-data',
    '',
    absent,
  ],
  [
    'ARD-108 W-27 Argo CD keeps it when it leaves Git',
    on('persistence: {enabled: true}'),
    'PersistentVolumeClaim/bot-chromium-data',
    'metadata.annotations["argocd.argoproj.io/sync-options"]',
    'Prune=false,Delete=false',
  ],
  [
    'ARD-108 W-27 Flux keeps it when it leaves Git',
    on('persistence: {enabled: true}'),
    'PersistentVolumeClaim/bot-chromium-data',
    'metadata.annotations["kustomize.toolkit.fluxcd.io/prune"]',
    'disabled',
  ],
  ['POD-166 shared memory', ON, SET, `${POD}.volumes[name=chromium-shm].emptyDir`, { medium: 'Memory', sizeLimit: '1Gi' }],
  ['POD-166 where the browser looks for it', ON, SET, `${BROWSER}.volumeMounts[mountPath=/dev/shm].name`, 'chromium-shm'],
  ['POD-167 the browser of the usual image is started directly', ON, SET, `${BROWSER}.command`, COMMAND],
  ['POD-167 another image starts its own', image('repository: r.example.com/chrome'), SET, `${BROWSER}.command`, absent],
  [
    'POD-167 another image is told the arguments alone, and no port',
    image('repository: r.example.com/chrome'),
    SET,
    `${BROWSER}.args`,
    ARGS,
  ],
  ['POD-169 with a digest', image(`digest: "${DIGEST}"`), SET, `${BROWSER}.command`, COMMAND],
  ['POD-169 behind a registry', '{registry: m.example.com, chromium: {enabled: true}}', SET, `${BROWSER}.command`, COMMAND],
  [
    'POD-169 the same image of another registry',
    image('repository: r.example.com/hub/chromedp/headless-shell'),
    SET,
    `${BROWSER}.command`,
    COMMAND,
  ],
  [
    "POD-051 the pod's runAsNonRoot false does not reach it",
    '{security: {podSecurityContext: {runAsNonRoot: false}}, chromium: {enabled: true}}',
    SET,
    `${BROWSER}.securityContext.runAsNonRoot`,
    true,
  ],
  [
    "the guide's user, whoever the pod runs as",
    '{security: {podSecurityContext: {runAsUser: 2000}}, chromium: {enabled: true}}',
    SET,
    `${BROWSER}.securityContext.runAsUser`,
    1001,
  ],
  ["POD-059 the guide's read-only root", ON, SET, `${BROWSER}.securityContext.readOnlyRootFilesystem`, true],
  ['POD-218 its resources', ON, SET, `${BROWSER}.resources`, { requests: REQUESTS, limits: LIMITS }],
  ...numbers,
  [
    'POD-210 no variable for certificates, which it would not read',
    '{security: {caBundle: {configMapName: ca}}, chromium: {enabled: true}}',
    SET,
    `${BROWSER}.env`,
    [{ name: 'HOME', value: '/tmp' }],
  ],
  [
    'the certificates go to the store that it reads',
    '{security: {caBundle: {configMapName: ca}}, chromium: {enabled: true}}',
    SET,
    `${POD}.initContainers[name=chromium-certificates].command`,
    ['node', '/opt/openclaw-gitops/trust-certificates.mjs', '/etc/ssl/certs/custom-ca-bundle.crt', '/tmp/.pki/nssdb'],
  ],
  ['no certificates, no store', ON, SET, `${POD}.initContainers[name=chromium-certificates]`, absent],
  [
    'POD-234 the configuration',
    ON,
    CONFIG,
    'data["openclaw.json"].browser',
    { attachOnly: true, cdpUrl: 'http://127.0.0.1:9222', enabled: true },
  ],
  ['POD-234 none without a browser', '{}', CONFIG, 'data["openclaw.json"].browser', absent],
  [
    "POD-235 POD-236 the user's settings are kept",
    '{chromium: {enabled: true}, config: {raw: {browser: {attachOnly: false, defaultProfile: work, profiles: {work: {cdpPort: 9222}}}}}}',
    CONFIG,
    'data["openclaw.json"].browser',
    {
      attachOnly: false,
      cdpUrl: 'http://127.0.0.1:9222',
      defaultProfile: 'work',
      enabled: true,
      profiles: { work: { cdpPort: 9222 } },
    },
  ],
  [
    "POD-235 the user's address",
    '{chromium: {enabled: true}, config: {raw: {browser: {cdpUrl: "http://127.0.0.1:9333"}}}}',
    CONFIG,
    'data["openclaw.json"].browser.cdpUrl',
    'http://127.0.0.1:9333',
  ],
  ['ARD-016 its port is closed', ON, 'NetworkPolicy/bot', 'spec.ingress[0].ports[port=9222]', absent],
  ['ARD-047 no port of the Service', ON, 'Service/bot', 'spec.ports[name=chromium]', absent],
  ['ARD-053 no Service of its own', ON, 'Service/bot-cdp', '', absent],
]);

test('POD-041 certificates and profile before it, then the agent waits for it, and users come last', () => {
  const result = rendered(
    `{security: {caBundle: {configMapName: ca}}, chromium: {enabled: true, persistence: {enabled: true}},
      initContainers: [{name: mine, image: "busybox:1"}]}`,
  );
  assert.deepEqual(names(field(result, SET, `${POD}.initContainers`)), [
    'prepare',
    'adopt-chromium-profile',
    'chromium-certificates',
    'chromium',
    'await-chromium',
    'mine',
  ]);
});

test('POD-212 its volumes stand together', () => {
  const volumes = names(field(rendered(on('persistence: {enabled: true}')), SET, `${POD}.volumes`));
  const first = volumes.indexOf('chromium-tmp');
  assert.deepEqual(volumes.slice(first, first + 3), ['chromium-tmp', 'chromium-shm', 'chromium-data']);
});

test('POD-170 Chromium and Ollama together: all of both', () => {
  const alone = (spec: string): readonly Json[] =>
    allContainers(rendered(spec)).filter(({ name }) => name !== 'openclaw' && name !== 'prepare');
  const both = alone('{chromium: {enabled: true}, ollama: {enabled: true, models: [llama3.2]}}');
  for (const container of [...alone(ON), ...alone('{ollama: {enabled: true, models: [llama3.2]}}')])
    assert.ok(
      both.some((found) => JSON.stringify(found) === JSON.stringify(container)),
      JSON.stringify(container),
    );
  const env = names(field(rendered('{chromium: {enabled: true}, ollama: {enabled: true}}'), SET, `${MAIN}.env`));
  for (const name of ['OPENCLAW_CHROMIUM_CDP', 'CHROMIUM_URL', 'OLLAMA_HOST', 'OLLAMA_API_KEY']) assert.ok(env.includes(name), name);
});

test('ARD-144 a browser without a digest is warned of', () => {
  assert.ok(rendered(ON).warnings.includes('image-digest-missing'));
  assert.ok(!rendered(image(`digest: "${DIGEST}"`)).warnings.includes('image-digest-missing'));
});
