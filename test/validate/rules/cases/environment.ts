import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const env = (list: string): string => bot(`{env: ${list}}`);
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: agents}\n';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: agents}\n';
const SLACK = 'config: {raw: {channels: {slack: {accounts: {sales: {}, support: {}}}}}}';
const fromSecret = (name: string): string => `{name: ${name}, valueFrom: {secretKeyRef: {name: other, key: a}}}`;

export const ENVIRONMENT_CASES: RuleCases = {
  'env-duplicate': [
    {
      title: 'D18 a variable twice',
      input: env('[{name: A, value: "1"}, {name: A, value: "2"}]'),
      expected: ['error spec.env[1].name: "A" is in the list twice; expected each variable once'],
    },
    {
      title: 'D18 in a sidecar and in the browser',
      input: bot('{sidecars: [{name: a, image: b, env: [{name: A}, {name: A}]}], chromium: {extraEnv: [{name: A}, {name: B}, {name: A}]}}'),
      expected: [
        'error spec.sidecars[0].env[1].name: "A" is in the list twice; expected each variable once',
        'error spec.chromium.extraEnv[2].name: "A" is in the list twice; expected each variable once',
      ],
    },
    {
      title: 'D18 one name in two containers',
      input: bot('{env: [{name: A}], sidecars: [{name: a, image: b, env: [{name: A}]}]}'),
      expected: [],
    },
    {
      title: 'a cluster default of the same name is overridden, not repeated',
      input: documents(
        env('[{name: B}, {name: A, value: "1"}]'),
        'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawClusterDefaults\nmetadata: {name: cluster}\nspec: {env: [{name: A, value: "2"}]}\n',
      ),
      expected: [],
    },
  ],
  'env-source': [
    {
      title: 'a value and a reference',
      input: env('[{name: A, value: a, valueFrom: {secretKeyRef: {name: b, key: c}}}]'),
      expected: ['error spec.env[0].value: "A" has a value and "valueFrom"; expected one of the two'],
    },
    {
      title: 'references to nothing and to two things',
      input: env('[{name: A, valueFrom: {}}, {name: B, valueFrom: {secretKeyRef: {name: b, key: c}, fieldRef: {fieldPath: d}}}]'),
      expected: [
        'error spec.env[0].valueFrom: "A" refers to nothing; expected one',
        'error spec.env[1].valueFrom: "B" refers to 2 things; expected one',
      ],
    },
    {
      title: 'entries of envFrom',
      input: bot('{envFrom: [{}, {secretRef: {name: a}, configMapRef: {name: b}}]}'),
      expected: [
        'error spec.envFrom[0]: the entry refers to nothing; expected "configMapRef" or "secretRef"',
        'error spec.envFrom[1]: the entry refers to two objects; expected "configMapRef" or "secretRef"',
      ],
    },
    {
      title: 'one of each',
      input: bot(
        '{envFrom: [{secretRef: {name: a}}], env: [{name: A}, {name: B, value: ""}, {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}',
      ),
      expected: [],
    },
  ],
  'env-prefix': [
    {
      title: 'what no variable can have',
      input: bot(
        '{envFrom: [{prefix: "a=", secretRef: {name: a}}], sidecars: [{name: a, image: b, envFrom: [{prefix: é, configMapRef: {name: b}}]}]}',
      ),
      expected: [
        'error spec.envFrom[0].prefix: "a=" cannot begin a variable; expected printable ASCII characters other than "="',
        'error spec.sidecars[0].envFrom[0].prefix: "é" cannot begin a variable; expected printable ASCII characters other than "="',
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: bot('{envFrom: [{prefix: "", secretRef: {name: a}}, {prefix: "1 ~-_", secretRef: {name: b}}]}'),
      expected: [],
    },
  ],
  'reference-key': [
    {
      title: 'keys that cannot be',
      input: env(
        `[{name: A, valueFrom: {secretKeyRef: {name: a, key: ..data}}}, {name: B, valueFrom: {configMapKeyRef: {name: a, key: .}}}, {name: C, valueFrom: {secretKeyRef: {name: a, key: ${'k'.repeat(254)}}}}]`,
      ),
      expected: [
        'error spec.env[0].valueFrom.secretKeyRef.key: "..data" cannot be a key; expected at most 253 characters, neither "." nor with ".." first',
        'error spec.env[1].valueFrom.configMapKeyRef.key: "." cannot be a key; expected at most 253 characters, neither "." nor with ".." first',
        `error spec.env[2].valueFrom.secretKeyRef.key: "${'k'.repeat(39)}…" cannot be a key; expected at most 253 characters, neither "." nor with ".." first`,
      ],
    },
    {
      title: 'odd keys that can be',
      input: env(
        `[{name: A, valueFrom: {secretKeyRef: {name: a, key: .a..b}}}, {name: B, valueFrom: {secretKeyRef: {name: a, key: ${'k'.repeat(253)}}}}]`,
      ),
      expected: [],
    },
  ],
  'env-credential': [
    {
      title: 'a key in clear, and its value in no message',
      input: env('[{name: ANTHROPIC_API_KEY, value: hunter2}]'),
      expected: ['warning spec.env[0].name: "ANTHROPIC_API_KEY" has its value in the file; expected a reference to a Secret'],
    },
    {
      title: 'in a sidecar',
      input: bot('{sidecars: [{name: a, image: b, env: [{name: DB_PASSWORD, value: hunter2}]}]}'),
      expected: ['warning spec.sidecars[0].env[0].name: "DB_PASSWORD" has its value in the file; expected a reference to a Secret'],
    },
    {
      title: 'a password inside an address, in each container, and in no message',
      input:
        bot(`{env: [{name: DATABASE_URL, value: "postgres://user:hunter2@db:5432/bot"}], chromium: {extraEnv: [{name: UPSTREAM, value: "http://user:pass@proxy:3128"}]},
        sidecars: [{name: a, image: b, env: [{name: BROKER, value: "amqps://:hunter2@mq"}]}], initContainers: [{name: c, image: b, env: [{name: ORIGIN, value: "see https://user:pass@git/x"}]}]}`),
      expected: [
        'warning spec.env[0].name: "DATABASE_URL" holds a credential in clear; expected a reference to a Secret',
        'warning spec.sidecars[0].env[0].name: "BROKER" holds a credential in clear; expected a reference to a Secret',
        'warning spec.initContainers[0].env[0].name: "ORIGIN" holds a credential in clear; expected a reference to a Secret',
        'warning spec.chromium.extraEnv[0].name: "UPSTREAM" holds a credential in clear; expected a reference to a Secret',
      ],
    },
    {
      title: 'text that shows by itself that it is a credential, and an escaped reference',
      input: env('[{name: MODEL, value: sk-ant-hunter2}, {name: DATABASE_URL, value: "postgres://user:$$(DB_PASSWORD)@db"}]'),
      expected: [
        'warning spec.env[0].name: "MODEL" holds a credential in clear; expected a reference to a Secret',
        'warning spec.env[1].name: "DATABASE_URL" holds a credential in clear; expected a reference to a Secret',
      ],
    },
    {
      title: 'addresses without a password, or with one from a Secret',
      input: env(
        `[{name: A_URL, value: "https://db:5432/x"}, {name: B_URL, value: "postgres://user@db/x"}, {name: C_URL, value: "postgres://user:$(DB_PASSWORD)@db/x"}, {name: D_URL, value: "http://a:1/b@c"}]`,
      ),
      expected: [],
    },
    {
      title: 'references, other names, public keys, and servers that take any key',
      input: env(
        `[${fromSecret('A_TOKEN')}, {name: B_TOKEN, value: "$(A_TOKEN)"}, {name: C_TOKEN}, {name: KEYBOARD, value: x}, {name: MAX_TOKENS, value: "1"}, {name: SSH_PUBLIC_KEY, value: x}, {name: OLLAMA_API_KEY, value: ollama-local}]`,
      ),
      expected: [],
    },
  ],
  'env-reserved': [
    {
      title: 'the home directory',
      input: env('[{name: HOME, value: /root}]'),
      expected: ['warning spec.env[0].name: "HOME" is set; expected it to be left alone, since the volume is mounted below the usual one'],
    },
    {
      title: 'each variable that the pod is built on',
      input: env(`[{name: OPENCLAW_STATE_DIR, value: /data}, {name: OPENCLAW_CONFIG_PATH, value: /x}, {name: PATH, value: /bin},
        {name: XDG_CACHE_HOME, value: /x}, {name: OPENCLAW_PROFILE, value: dev}]`),
      expected: [
        'warning spec.env[0].name: "OPENCLAW_STATE_DIR" is set; expected it to be left alone, since the volume is mounted at the usual one',
        'warning spec.env[1].name: "OPENCLAW_CONFIG_PATH" is set; expected it to be left alone, since the rendered configuration would not be read',
        'warning spec.env[2].name: "PATH" is set; expected it to be left alone, since it replaces the one that finds what is installed for skills',
        'warning spec.env[3].name: "XDG_CACHE_HOME" is set; expected it to be left alone, since OpenClaw stops when it cannot write there',
        'warning spec.env[4].name: "OPENCLAW_PROFILE" is set; expected it to be left alone, since a profile has a state directory of its own, which is not on the volume',
      ],
    },
    {
      title: 'certificates beside a bundle',
      input: bot('{env: [{name: NODE_EXTRA_CA_CERTS, value: /x}], security: {caBundle: {configMapName: ca}}}'),
      expected: ['warning spec.env[0].name: "NODE_EXTRA_CA_CERTS" gives way to "security.caBundle"; expected one of the two'],
    },
    {
      title: 'keys of a ConfigMap, except what the container sets itself',
      input: documents(
        bot('{envFrom: [{configMapRef: {name: settings}, prefix: OPENCLAW_}]}'),
        `${CONFIG_MAP}data: {STATE_DIR: /x, NO_RESPAWN: "0"}\n`,
      ),
      expected: [
        'warning spec.envFrom[0]: "OPENCLAW_STATE_DIR" is set; expected it to be left alone, since the volume is mounted at the usual one',
      ],
    },
    {
      title: 'the names by which an agent asks for changes of itself',
      input: bot(`{selfConfigure: {enabled: true}, envFrom: [{configMapRef: {name: settings}}],
        env: [{name: OPENCLAW_INSTANCE_NAME, value: other}, {name: OPENCLAW_NAMESPACE, value: agents}]}`),
      expected: [
        'error spec.env[0].name: "OPENCLAW_INSTANCE_NAME" is set; expected it to be left alone, since "selfConfigure" asks for changes of the instance that it names',
      ],
    },
    {
      title: 'the same values, and other variables',
      input:
        env(`[{name: HOME, value: /home/openclaw}, {name: OPENCLAW_DISABLE_BONJOUR, value: "1"}, ${fromSecret('OPENCLAW_GATEWAY_TOKEN')},
        {name: NODE_EXTRA_CA_CERTS, value: /x}, {name: MY_OWN, value: x}]`),
      expected: [],
    },
  ],
  'env-unknown': [
    {
      title: 'a variable that OpenClaw does not document',
      input: env('[{name: OPENCLAW_SECRET_SWITCH, value: "1"}]'),
      expected: ['warning spec.env[0].name: "OPENCLAW_SECRET_SWITCH" is not a documented variable of OpenClaw; expected one that is'],
    },
    {
      title: 'a variable of a feature that is off',
      input: env('[{name: OPENCLAW_NAMESPACE, value: x}]'),
      expected: ['warning spec.env[0].name: "OPENCLAW_NAMESPACE" is not a documented variable of OpenClaw; expected one that is'],
    },
    {
      title: 'a typing mistake',
      input: env('[{name: OPENCLAW_LOGLEVEL, value: debug}]'),
      expected: ['warning spec.env[0].name: "OPENCLAW_LOGLEVEL" is not a documented variable of OpenClaw; expected one that is'],
    },
    {
      title: 'documented variables, and those of others',
      input: env('[{name: OPENCLAW_LOG_LEVEL, value: debug}, {name: OPENCLAW_HOME, value: /x}, {name: MY_OWN, value: x}]'),
      expected: [],
    },
  ],
  'proxy-exceptions-missing': [
    {
      title: 'a proxy without exceptions',
      input: env('[{name: HTTPS_PROXY, value: "http://proxy:3128"}]'),
      expected: [
        `warning spec.env[0].name: "HTTPS_PROXY" is set without "NO_PROXY"; expected requests to the pod's own 127.0.0.1 to stay in the pod`,
      ],
    },
    {
      title: 'exceptions that leave the pod out',
      input: env('[{name: all_proxy, value: "http://proxy:3128"}, {name: NO_PROXY, value: .svc}]'),
      expected: [
        `warning spec.env[0].name: "all_proxy" is set without "NO_PROXY"; expected requests to the pod's own 127.0.0.1 to stay in the pod`,
      ],
    },
    {
      title: 'the pod is an exception',
      input: env('[{name: HTTP_PROXY, value: "http://proxy:3128"}, {name: no_proxy, value: "10.0.0.0/8,127.0.0.1"}]'),
      expected: [],
    },
    {
      title: 'exceptions that are not in the file',
      input: env(`[{name: HTTP_PROXY, value: "http://proxy:3128"}, ${fromSecret('NO_PROXY')}]`),
      expected: [],
    },
    { title: 'no proxy', input: env('[{name: HTTP_PROXY, value: ""}]'), expected: [] },
  ],
  'provider-key-missing': [
    {
      title: 'POD-335 ARD-145 no key at all',
      input: bot('{}'),
      expected: [
        'warning spec.envFrom: no variable gives the agent the key of a model provider; expected one in "spec.envFrom" or "spec.env"',
      ],
    },
    {
      title: 'ARD-145 an unrelated variable',
      input: env('[{name: LOG, value: "1"}, {name: A, valueFrom: {configMapKeyRef: {name: a, key: b}}}]'),
      expected: [
        'warning spec.envFrom: no variable gives the agent the key of a model provider; expected one in "spec.envFrom" or "spec.env"',
      ],
    },
    { title: 'ARD-145 envFrom', input: bot('{envFrom: [{configMapRef: {name: a}}]}'), expected: [] },
    ...[
      'ANTHROPIC_API_KEY',
      'GEMINI_API_KEY',
      'GOOGLE_API_KEY',
      'CEREBRAS_API_KEY',
      'PERPLEXITY_API_KEY',
      'ZAI_API_KEY',
      'MOONSHOT_API_KEY',
      'MINIMAX_API_KEY',
      'NVIDIA_API_KEY',
      'HF_TOKEN',
      'AZURE_OPENAI_ENDPOINT',
      'GOOGLE_AI_STUDIO_API_KEY',
      'XAI_API_KEY',
    ].map((name) => ({
      title: `ARD-145 W-46 ${name} is the key of a provider`,
      input: env(`[{name: ${name}, valueFrom: {configMapKeyRef: {name: a, key: b}}}]`),
      expected: [],
    })),
    { title: 'ARD-145 any reference to a Secret', input: env(`[${fromSecret('A')}]`), expected: [] },
    {
      title: 'a provider in the configuration',
      input: bot('{config: {raw: {models: {providers: {local: {baseUrl: "http://localhost:1"}}}}}}'),
      expected: [],
    },
    { title: 'Ollama beside the agent', input: bot('{ollama: {enabled: true}}'), expected: [] },
    {
      title: "an account with a cloud's identity",
      input: bot('{security: {rbac: {serviceAccountAnnotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/bedrock"}}}}'),
      expected: [],
    },
  ],
  'slack-default-account': [
    {
      title: 'a token in the environment beside named accounts',
      input: bot(`{env: [${fromSecret('SLACK_BOT_TOKEN')}], ${SLACK}}`),
      expected: [
        'warning spec.env[0].name: "SLACK_BOT_TOKEN" opens a default account besides those of "/channels/slack/accounts"; expected only the named ones',
      ],
    },
    {
      title: 'a token in a Secret of envFrom',
      input: documents(bot(`{envFrom: [{secretRef: {name: keys}}], ${SLACK}}`), `${SECRET}stringData: {SLACK_APP_TOKEN: x}\n`),
      expected: [
        'warning spec.envFrom[0]: "SLACK_APP_TOKEN" opens a default account besides those of "/channels/slack/accounts"; expected only the named ones',
      ],
    },
    { title: 'other names', input: bot(`{env: [${fromSecret('SALES_BOT_TOKEN')}], ${SLACK}}`), expected: [] },
    {
      title: 'no named accounts',
      input: bot(`{env: [${fromSecret('SLACK_BOT_TOKEN')}], config: {raw: {channels: {slack: {}}}}}`),
      expected: [],
    },
    {
      title: 'the default account is meant',
      input: bot(`{env: [${fromSecret('SLACK_BOT_TOKEN')}], config: {raw: {channels: {slack: {accounts: {default: {}, sales: {}}}}}}}`),
      expected: [],
    },
    {
      title: 'Slack is off',
      input: bot(`{env: [${fromSecret('SLACK_BOT_TOKEN')}], config: {raw: {channels: {slack: {enabled: false, accounts: {sales: {}}}}}}}`),
      expected: [],
    },
  ],
  'trusted-proxy-token': [
    {
      title: 'a token in the environment',
      input: bot(`{env: [${fromSecret('OPENCLAW_GATEWAY_TOKEN')}], config: {raw: {gateway: {auth: {mode: trusted-proxy}}}}}`),
      expected: [
        'error spec.env[0].name: "OPENCLAW_GATEWAY_TOKEN" is set and the authentication is "trusted-proxy"; expected one of the two',
      ],
    },
    {
      title: 'a token in the configuration',
      input: bot('{config: {raw: {gateway: {auth: {mode: trusted-proxy, token: "${TOKEN}"}}}}}'),
      expected: [
        'error spec.config.raw.gateway.auth.token: "/gateway/auth/token" of the configuration is set and the authentication is "trusted-proxy"; expected one of the two',
      ],
    },
    {
      title: 'another mode',
      input: bot(`{env: [${fromSecret('OPENCLAW_GATEWAY_TOKEN')}], config: {raw: {gateway: {auth: {mode: token}}}}}`),
      expected: [],
    },
    { title: 'no token', input: bot('{config: {raw: {gateway: {auth: {mode: trusted-proxy}}}}}'), expected: [] },
  ],
};
