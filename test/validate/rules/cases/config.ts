import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const raw = (config: string, rest = ''): string => bot(`{config: {raw: ${config}}${rest}}`);
const tagged = (tag: string, config: string): string => raw(config, `, image: {tag: "${tag}"}`);
const referenced = (text: string, config = ''): string =>
  documents(
    bot(`{config: {configMapRef: {name: settings}${config}}}`),
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: agents}\ndata:\n  openclaw.json: ${JSON.stringify(text)}\n`,
  );
const refusedBy = (version: string, path: string, problem: string): readonly string[] => [
  `error spec.config.raw.${path}: "/${path.replaceAll('.', '/')}" of the configuration is a key that OpenClaw ${version} ${problem}`,
];

/** Keys that came with a version, a version before and the first with it. */
const NEW_KEYS: readonly (readonly [key: string, before: string, from: string])[] = [
  ['gateway.terminal', '2026.6.11', '2026.7.1'],
  ['gateway.cliAgents', '2026.7.35', '2026.8.1'],
  ['gateway.nodes.pairing.autoApproveLocal', '2026.7.1-2', '2026.8.1'],
  ['gateway.nodes.pairing.sshVerify', '2026.7.1', '2026.8.1'],
  ['telemetry', '2026.7.1', '2026.8.1'],
  ['models.catalogRefresh', '2026.7.1', '2026.8.1'],
  ['agents.entries', '2026.7.1', '2026.8.1'],
  ['mcp.apps', '2026.7.1', '2026.8.1'],
  ['security.installPolicy', '2026.5.18', '2026.5.19'],
];
const GONE_KEYS: readonly string[] = ['browser.remoteCdpTimeoutMs', 'gateway.tailscale.resetOnExit', 'logging.redactSensitive'];

function nested(path: string): string {
  const keys = path.split('.');
  return `${keys.map((key) => `{${key}: `).join('')}{}${'}'.repeat(keys.length)}`;
}

export const CONFIG_CASES: RuleCases = {
  'config-map-not-found': [
    {
      title: 'POD-246 ARD-330 the configuration is not there',
      input: bot('{config: {configMapRef: {name: settings}}}'),
      expected: ['error spec.config.configMapRef.name: ConfigMap "settings" is not in the input; expected it in namespace "agents"'],
    },
    {
      title: 'POD-246 ARD-330 its key is not there',
      input: referenced('{}', '').replace('openclaw.json', 'other.json'),
      expected: ['error spec.config.configMapRef.key: ConfigMap "settings" has no key "openclaw.json" under data'],
    },
    {
      title: 'ARD-332 extra files of workspaces may be missing',
      input: bot('{workspace: {configMapRef: {name: a}, additionalWorkspaces: [{name: team, configMapRef: {name: b}}]}}'),
      expected: [
        'warning spec.workspace.configMapRef.name: ConfigMap "a" is not in the input; the workspace is seeded without it',
        'warning spec.workspace.additionalWorkspaces[0].configMapRef.name: ConfigMap "b" is not in the input; the workspace is seeded without it',
      ],
    },
    {
      title: 'ARD-330 ARD-332 it is there without a namespace',
      input: documents(
        bot('{config: {configMapRef: {name: settings}}, workspace: {configMapRef: {name: settings}}}'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {openclaw.json: "{}"}\n',
      ),
      expected: [
        'error spec.config.configMapRef.name: ConfigMap "settings" is in the input without a namespace; expected it in namespace "agents"',
        'warning spec.workspace.configMapRef.name: ConfigMap "settings" is in the input without a namespace; the workspace is seeded without it',
      ],
    },
    {
      title: 'the same name in another namespace, and of another kind',
      input: documents(
        bot('{config: {configMapRef: {name: settings}}}'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: other}\ndata: {openclaw.json: "{}"}\n',
        'apiVersion: v1\nkind: Secret\nmetadata: {name: settings}\n',
      ),
      expected: ['error spec.config.configMapRef.name: ConfigMap "settings" is not in the input; expected it in namespace "agents"'],
    },
    {
      title: 'its key stands where no text is',
      input: referenced('{}').replace('\ndata:', '\nbinaryData:'),
      expected: [
        'error spec.config.configMapRef.key: ConfigMap "settings" has key "openclaw.json" under binaryData; expected it under data, as text',
      ],
    },
    {
      title: 'the namespace is an option',
      input: documents(
        bot('{config: {configMapRef: {name: settings}}}'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {openclaw.json: "{}"}\n',
      ),
      options: { namespace: 'agents' },
      expected: [],
    },
    { title: 'it is there', input: referenced('{}'), expected: [] },
  ],
  'config-unreadable': [
    {
      title: 'text that is no JSON5',
      input: referenced('{a: }'),
      expected: [
        'error ConfigMap/settings data["openclaw.json"]: key "openclaw.json" of ConfigMap "settings" is not JSON5 (line 1, column 5); expected an object in JSON or JSON5',
      ],
    },
    {
      title: 'no object',
      input: referenced('[1]'),
      expected: [
        'error ConfigMap/settings data["openclaw.json"]: key "openclaw.json" of ConfigMap "settings" is not an object; expected an object in JSON or JSON5',
      ],
    },
    { title: 'JSON5', input: referenced('{a: 1, /* b */ }'), expected: [] },
    { title: 'empty text', input: referenced(' '), expected: [] },
  ],
  'config-json5': [
    {
      title: 'POD-328 ARD-159 json5 with raw',
      input: bot('{config: {format: json5, raw: {}}}'),
      expected: ['error spec.config.format: "json5" is the format of a text, and "config.raw" is none; expected "configMapRef" with it'],
    },
    {
      title: 'POD-328 ARD-159 json5 with merge',
      input: referenced('{}', ', format: json5, mergeMode: merge'),
      expected: ['error spec.config.format: "json5" is given with the merge mode "merge"; expected "overwrite"'],
    },
    { title: 'POD-328 ARD-159 json5 in a ConfigMap', input: referenced('{}', ', format: json5'), expected: [] },
  ],
  'config-raw-ignored': [
    {
      title: 'both are given',
      input: documents(bot('{config: {raw: {ui: {}}, configMapRef: {name: settings}}}')),
      expected: ['warning spec.config.raw: "raw" is ignored, since "configMapRef" is given; expected one of the two'],
    },
    { title: 'an empty raw says nothing', input: documents(bot('{config: {raw: {}, configMapRef: {name: settings}}}')), expected: [] },
  ],
  'force-paths': [
    {
      title: 'POD-329 ARD-160 without the merge mode',
      input: bot('{config: {forcePaths: [agents]}}'),
      expected: ['error spec.config.forcePaths: "forcePaths" has no effect in the merge mode "overwrite"; expected "merge"'],
    },
    {
      title: 'POD-329 ARD-160 each form that is no path, with its index',
      input: bot('{config: {mergeMode: merge, forcePaths: ["", .a, a., a..b, "a b", "a[0]"]}}'),
      expected: [
        'error spec.config.forcePaths[0]: forcePaths[0], "", is empty; expected a dotted path',
        'error spec.config.forcePaths[1]: forcePaths[1], ".a", starts with a dot; expected a dotted path',
        'error spec.config.forcePaths[2]: forcePaths[2], "a.", ends with a dot; expected a dotted path',
        'error spec.config.forcePaths[3]: forcePaths[3], "a..b", has two dots in a row; expected a dotted path',
        'error spec.config.forcePaths[4]: forcePaths[4], "a b", has a character other than letters, digits, "-", "_" and "."; expected a dotted path',
        'error spec.config.forcePaths[5]: forcePaths[5], "a[0]", has a character other than letters, digits, "-", "_" and "."; expected a dotted path',
      ],
    },
    {
      title: 'POD-329 ARD-160 paths of any depth, upper case too',
      input: bot('{config: {mergeMode: merge, forcePaths: [agents, Agents.defaults.model_1.a-b]}}'),
      expected: [],
    },
    { title: 'ARD-160 an empty list is fine in any mode', input: bot('{config: {forcePaths: []}}'), expected: [] },
  ],
  'config-key-unknown': [
    {
      title: 'POD-335 ARD-157 W-46 a key that OpenClaw does not know',
      input: raw('{chanels: {}}'),
      expected: [`warning spec.config.raw.chanels: "chanels" is not a top-level key of OpenClaw's configuration; expected one that is`],
    },
    {
      title: 'ARD-157 in a referenced text too, which the operator cannot read',
      input: referenced('{mcpServers: {}, customInstructions: 1}'),
      expected: [
        `warning ConfigMap/settings data["openclaw.json"]: "mcpServers" is not a top-level key of OpenClaw's configuration; expected one that is`,
        `warning ConfigMap/settings data["openclaw.json"]: "customInstructions" is not a top-level key of OpenClaw's configuration; expected one that is`,
      ],
    },
    {
      title: 'ARD-157 W-46 keys of today',
      input: raw('{gateway: {}, agents: {}, channels: {}, models: {}, browser: {}, tools: {}, $schema: x}'),
      expected: [],
    },
  ],
  'config-key-refused': [
    {
      title: 'a key that no version knows',
      input: raw('{diagnostics: {metrics: {}}}'),
      expected: [
        'error spec.config.raw.diagnostics.metrics: "/diagnostics/metrics" of the configuration is a key that no version of OpenClaw knows',
      ],
    },
    ...NEW_KEYS.flatMap(([key, before, from]) => [
      {
        title: `${key} on ${before}`,
        input: tagged(before, nested(key)),
        expected: refusedBy(before, key, `does not know; expected none before ${from}`),
      },
      { title: `${key} on ${from}`, input: tagged(from, nested(key)), expected: [] },
    ]),
    ...GONE_KEYS.flatMap((key) => [
      {
        title: `${key} on 2026.8.1`,
        input: tagged('2026.8.1', nested(key)),
        expected: refusedBy('2026.8.1', key, 'refuses; expected none from 2026.8.1 on'),
      },
      { title: `${key} on 2026.7.35`, input: tagged('2026.7.35', nested(key)), expected: [] },
    ]),
    {
      title: 'an unknown version counts as the newest',
      input: raw('{logging: {redactSensitive: tools}}'),
      expected: [
        'error spec.config.raw.logging.redactSensitive: "/logging/redactSensitive" of the configuration is a key that current versions of OpenClaw refuse; expected none from 2026.8.1 on',
      ],
    },
    {
      title: 'a color that 2026.8 refuses',
      input: tagged('2026.8.2', '{browser: {profiles: {"a/b": {color: "#fff"}}}}'),
      expected: [
        'error spec.config.raw.browser.profiles["a/b"].color: "/browser/profiles/a~1b/color" of the configuration is a key that OpenClaw 2026.8.2 refuses; expected none from 2026.8.1 on',
      ],
    },
    {
      title: 'a color that 2026.7 wants',
      input: tagged('2026.7.1', '{browser: {profiles: {a: {cdpUrl: x}, b: {color: "#fff"}}}}'),
      expected: [
        'error spec.config.raw.browser.profiles.a: "/browser/profiles/a" of the configuration has no key "color", which OpenClaw 2026.7.1 wants',
      ],
    },
    {
      title: 'D24 an address for bind',
      input: raw('{gateway: {bind: 0.0.0.0}}'),
      expected: [
        'error spec.config.raw.gateway.bind: "/gateway/bind" of the configuration is not a word that OpenClaw knows there; expected "auto", "custom", "lan", "loopback" or "tailnet"',
      ],
    },
    { title: 'words for bind', input: raw('{gateway: {bind: lan}}'), expected: [] },
    {
      title: 'in a referenced text',
      input: referenced('{gateway: {bind: 1}}'),
      expected: [
        'error ConfigMap/settings data["openclaw.json"]: "/gateway/bind" of the configuration is not a word that OpenClaw knows there; expected "auto", "custom", "lan", "loopback" or "tailnet"',
      ],
    },
  ],
  'config-credential': [
    {
      title: 'a key in clear, told by its pointer and never by its value',
      input: raw('{models: {providers: {openai: {apiKey: hunter2}}}}'),
      expected: [
        'error spec.config.raw.models.providers.openai.apiKey: "/models/providers/openai/apiKey" of the configuration holds a credential in clear; expected a reference to a variable',
      ],
    },
    {
      title: 'credential fields of channels, the gateway, headers and variables',
      input:
        raw(`{channels: {slack: {botToken: x, appToken: y, accounts: {a: {signingSecret: z}}}, discord: {token: d}}, gateway: {auth: {token: t, password: p}},
        models: {providers: {a: {headers: {Authorization: "Bearer b", X-Auth-Key: k}}}}, env: {vars: {MY_TOKEN: v}}, mcp: {servers: {a/b: {env: {API_KEY: e}}}}}`),
      expected: [
        'error spec.config.raw.channels.slack.botToken: "/channels/slack/botToken" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.channels.slack.appToken: "/channels/slack/appToken" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.channels.slack.accounts.a.signingSecret: "/channels/slack/accounts/a/signingSecret" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.channels.discord.token: "/channels/discord/token" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.gateway.auth.token: "/gateway/auth/token" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.gateway.auth.password: "/gateway/auth/password" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.models.providers.a.headers.Authorization: "/models/providers/a/headers/Authorization" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.models.providers.a.headers.X-Auth-Key: "/models/providers/a/headers/X-Auth-Key" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.env.vars.MY_TOKEN: "/env/vars/MY_TOKEN" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.mcp.servers["a/b"].env.API_KEY: "/mcp/servers/a~1b/env/API_KEY" of the configuration holds a credential in clear; expected a reference to a variable',
      ],
    },
    {
      title: 'text that shows what it is, wherever it stands',
      input: raw('{notes: ["sk-ant-abc", ghp_abc], url: "postgres://user:pass@db/x", tls: {key: "-----BEGIN PRIVATE KEY-----"}}'),
      expected: [
        'error spec.config.raw.notes[0]: "/notes/0" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.notes[1]: "/notes/1" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.url: "/url" of the configuration holds a credential in clear; expected a reference to a variable',
        'error spec.config.raw.tls.key: "/tls/key" of the configuration holds a credential in clear; expected a reference to a variable',
      ],
    },
    {
      title: 'in a referenced text',
      input: referenced('{channels: {telegram: {botToken: "1:2"}}}'),
      expected: [
        'error ConfigMap/settings data["openclaw.json"]: "/channels/telegram/botToken" of the configuration holds a credential in clear; expected a reference to a variable',
      ],
    },
    {
      title: 'an escaped reference is a literal',
      input: raw('{gateway: {auth: {token: "$${TOKEN}"}}}'),
      expected: [
        'error spec.config.raw.gateway.auth.token: "/gateway/auth/token" of the configuration holds a credential in clear; expected a reference to a variable',
      ],
    },
    {
      title: 'references, names of variables, markers, empty texts, other keys',
      input:
        raw(`{models: {providers: {a: {apiKey: "\${A_KEY}", headers: {Authorization: "Bearer \${A}", Accept: text}}, b: {apiKey: {source: env, provider: default, id: B}}, c: {apiKey: OPENAI_API_KEY},
        d: {apiKey: ollama-local}, e: {apiKey: ""}, f: {apiKey: $NAME}}}, agents: {defaults: {maxTokens: 1, tokens: x}}, env: {vars: {LANG: de, PUBLIC_KEY: x}}}`),
      expected: [],
    },
  ],
  'config-dangerous-flag': [
    {
      title: 'a switch of the gateway',
      input: raw('{gateway: {controlUi: {dangerouslyDisableDeviceAuth: true}}}'),
      expected: [
        'warning spec.config.raw.gateway.controlUi.dangerouslyDisableDeviceAuth: "/gateway/controlUi/dangerouslyDisableDeviceAuth" of the configuration switches a protection of OpenClaw off; expected it on',
      ],
    },
    {
      title: 'inside a list',
      input: raw('{agents: {list: [{sandbox: {dangerouslyAllowContainerNamespaceJoin: true}}]}}'),
      expected: [
        'warning spec.config.raw.agents.list[0].sandbox.dangerouslyAllowContainerNamespaceJoin: "/agents/list/0/sandbox/dangerouslyAllowContainerNamespaceJoin" of the configuration switches a protection of OpenClaw off; expected it on',
      ],
    },
    { title: 'off', input: raw('{gateway: {controlUi: {dangerouslyDisableDeviceAuth: false}}}'), expected: [] },
  ],
  'gateway-bind-conflict': [
    {
      title: 'POD-252 loopback without the proxy',
      input: raw('{gateway: {bind: loopback}}', ', gateway: {enabled: false}'),
      expected: [
        'warning spec.config.raw.gateway.bind: "/gateway/bind" of the configuration hides the gateway inside the pod, and "spec.gateway.enabled" is false; expected "lan"',
      ],
    },
    {
      title: 'POD-252 the same as an address',
      input: raw('{gateway: {bind: 127.0.0.1}}', ', gateway: {enabled: false}'),
      expected: [
        'warning spec.config.raw.gateway.bind: "/gateway/bind" of the configuration hides the gateway inside the pod, and "spec.gateway.enabled" is false; expected "lan"',
      ],
    },
    {
      title: 'a gateway beside its proxy',
      input: raw('{gateway: {bind: lan}}'),
      expected: [
        'warning spec.config.raw.gateway.bind: "/gateway/bind" of the configuration opens the gateway beside its proxy; expected "loopback"',
      ],
    },
    { title: 'POD-252 loopback behind the proxy', input: raw('{gateway: {bind: loopback}}'), expected: [] },
    { title: 'POD-252 another word without the proxy', input: raw('{gateway: {bind: lan}}', ', gateway: {enabled: false}'), expected: [] },
    {
      title: 'POD-252 an address without the proxy',
      input: raw('{gateway: {bind: 0.0.0.0}}', ', gateway: {enabled: false}'),
      expected: [],
    },
    { title: 'POD-252 nothing about it', input: raw('{gateway: {}}', ', gateway: {enabled: false}'), expected: [] },
  ],
  'gateway-listener': [
    {
      title: 'another port',
      input: raw('{gateway: {port: 8080}}'),
      expected: ['error spec.config.raw.gateway.port: "/gateway/port" of the configuration is not 18789, where the pod expects it'],
    },
    {
      title: 'TLS, and another port for MCP Apps',
      input: raw('{gateway: {tls: {enabled: true}}, mcp: {apps: {enabled: true, sandboxPort: 1}}}'),
      expected: [
        'error spec.config.raw.mcp.apps.sandboxPort: "/mcp/apps/sandboxPort" of the configuration is not 18790, where the pod expects it',
        'error spec.config.raw.gateway.tls.enabled: "/gateway/tls/enabled" of the configuration is true; expected plain HTTP inside the pod',
      ],
    },
    {
      title: 'another port by a variable',
      input: bot('{env: [{name: OPENCLAW_GATEWAY_PORT, value: "1"}]}'),
      expected: ['error spec.env[0].name: "OPENCLAW_GATEWAY_PORT" is set; expected the gateway on 18789, where the pod looks for it'],
    },
    {
      title: 'the usual ports',
      input: raw('{gateway: {port: 18789, tls: {enabled: false}}, mcp: {apps: {enabled: true, sandboxPort: 18790}}}'),
      expected: [],
    },
    { title: 'MCP Apps are off', input: raw('{mcp: {apps: {sandboxPort: 1}}}'), expected: [] },
  ],
  'gateway-auth-off': [
    {
      title: 'no authentication',
      input: raw('{gateway: {auth: {mode: none}}}'),
      expected: [
        'warning spec.config.raw.gateway.auth.mode: "/gateway/auth/mode" of the configuration is "none"; expected a token, a password or a trusted proxy',
      ],
    },
    { title: 'a password', input: raw('{gateway: {auth: {mode: password}}}'), expected: [] },
  ],
  'trusted-proxy-proxied': [
    {
      title: 'a proxy of its own in front of users that another proxy names',
      input: raw('{gateway: {auth: {mode: trusted-proxy, trustedProxy: {userHeader: x-user}}}}'),
      expected: [
        'warning spec.config.raw.gateway.auth.mode: "/gateway/auth/mode" of the configuration is "trusted-proxy" behind the proxy of the pod, whose address the gateway refuses; expected "spec.gateway.enabled" to be false',
      ],
    },
    {
      title: 'and its address is believed',
      input: raw(
        '{gateway: {auth: {mode: trusted-proxy, trustedProxy: {userHeader: x-user, allowLoopback: true}}}}',
        ', gateway: {enabled: true}',
      ),
      expected: [
        'error spec.config.raw.gateway.auth.trustedProxy.allowLoopback: "/gateway/auth/trustedProxy/allowLoopback" of the configuration is true behind the proxy of the pod, so that whoever reaches the pod can name any user; expected "spec.gateway.enabled" to be false',
      ],
    },
    {
      title: 'in a referenced text',
      input: referenced('{gateway: {auth: {mode: "trusted-proxy"}}}'),
      expected: [
        'warning ConfigMap/settings data["openclaw.json"]: "/gateway/auth/mode" of the configuration is "trusted-proxy" behind the proxy of the pod, whose address the gateway refuses; expected "spec.gateway.enabled" to be false',
      ],
    },
    {
      title: 'without the proxy',
      input: raw('{gateway: {auth: {mode: trusted-proxy, trustedProxy: {allowLoopback: true}}}}', ', gateway: {enabled: false}'),
      expected: [],
    },
    { title: 'another authentication', input: raw('{gateway: {auth: {mode: token, trustedProxy: {allowLoopback: true}}}}'), expected: [] },
  ],
  'plugin-blocked': [
    {
      title: 'a plugin that the spec names',
      input: raw('{plugins: {deny: [voice]}}', ', plugins: ["npm:@a/voice@1.0.0"]'),
      expected: [
        'error spec.config.raw.plugins.deny: "/plugins/deny" of the configuration keeps "voice" out, and spec.plugins names it; expected it to be let in',
      ],
    },
    {
      title: 'an allow list without the plugin of the metrics that the spec asks for',
      input: raw('{plugins: {allow: [telegram]}}', ', observability: {metrics: {enabled: true}}'),
      expected: [
        'error spec.config.raw.plugins.allow: "/plugins/allow" of the configuration leaves "diagnostics-otel" out, and metrics need it; expected it to be let in',
      ],
    },
    {
      title: 'metrics that are only on by default',
      input: raw('{plugins: {allow: [telegram]}}'),
      expected: [
        'warning spec.config.raw.plugins.allow: "/plugins/allow" of the configuration leaves "diagnostics-otel" out, and metrics need it; expected it to be let in',
      ],
    },
    {
      title: 'each way to keep it out',
      input: raw('{plugins: {enabled: false, deny: [diagnostics-otel], entries: {diagnostics-otel: {enabled: false}}}}'),
      expected: [
        'warning spec.config.raw.plugins.enabled: "/plugins/enabled" of the configuration keeps "diagnostics-otel" out, and metrics need it; expected it to be let in',
        'warning spec.config.raw.plugins.deny: "/plugins/deny" of the configuration keeps "diagnostics-otel" out, and metrics need it; expected it to be let in',
        'warning spec.config.raw.plugins.entries.diagnostics-otel.enabled: "/plugins/entries/diagnostics-otel/enabled" of the configuration keeps "diagnostics-otel" out, and metrics need it; expected it to be let in',
      ],
    },
    {
      title: 'the browser and Ollama',
      input: raw('{plugins: {deny: [browser, ollama]}}', ', chromium: {enabled: true}, ollama: {enabled: true}'),
      expected: [
        'error spec.config.raw.plugins.deny: "/plugins/deny" of the configuration keeps "browser" out, and the browser needs it; expected it to be let in',
        'error spec.config.raw.plugins.deny: "/plugins/deny" of the configuration keeps "ollama" out, and Ollama needs it; expected it to be let in',
      ],
    },
    {
      title: 'let in, or needed by nothing',
      input: raw('{plugins: {allow: [diagnostics-otel], deny: [browser], entries: {telegram: {enabled: false}}}}'),
      expected: [],
    },
    {
      title: 'metrics are off',
      input: raw('{plugins: {deny: [diagnostics-otel]}}', ', observability: {metrics: {enabled: false}}'),
      expected: [],
    },
    {
      title: 'an image that does not export anyway',
      input: raw('{plugins: {deny: [diagnostics-otel]}}', ', image: {repository: example.com/openclaw}'),
      expected: [],
    },
  ],
  'not-yet-supported': [
    {
      title: 'accepted, with a word of what does not happen',
      input: bot('{restoreFrom: "s3://a/b.tar.gz", autoUpdate: {enabled: true}}'),
      expected: [
        'warning spec.restoreFrom: "spec.restoreFrom" is accepted, but this version does not act on it: the agent starts with what its volume holds',
        'warning spec.autoUpdate: "spec.autoUpdate" is accepted, but this version does not act on it: nobody opens pull requests for new versions',
      ],
    },
    {
      title: 'what is switched off asks for nothing',
      input: bot('{chromium: {enabled: false}, skills: [], backup: {schedule: ""}, runtimeDeps: {pnpm: false}}'),
      expected: [],
    },
  ],
};
