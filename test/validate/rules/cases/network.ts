import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const CIDRS = 'gitops.openclaw.rocks/ingress-cidrs';
const ingress = (fields: string, rest = ''): string => bot(`{networking: {ingress: {enabled: true, ${fields}}}${rest}}`);
const OPEN = ', security: {networkPolicy: {allowedIngressNamespaces: [ingress-nginx]}}';
const proxies = (list: string): string => bot(`{config: {raw: {gateway: {trustedProxies: ${list}}}}}`);
const egress = (rules: string): string => bot(`{security: {networkPolicy: {additionalEgress: ${rules}}}}`);
const EVERY_PORT =
  "the rule opens every address on every port, also the cloud's metadata service; expected the addresses that the agent needs";

export const NETWORK_CASES: RuleCases = {
  'network-policy-off': [
    {
      title: 'POD-335 ARD-142 switched off',
      input: bot('{security: {networkPolicy: {enabled: false}}}'),
      expected: ['warning spec.security.networkPolicy.enabled: the NetworkPolicy is off; expected it on'],
    },
    { title: 'ARD-142 on, or not named', input: bot('{security: {networkPolicy: {enabled: true}}}'), expected: [] },
  ],
  'cidr-ambiguous': [
    {
      title: 'an address with the prefix of its network, and IPv4 within IPv6',
      input: bot(
        '{security: {networkPolicy: {allowedIngressCIDRs: [10.1.2.3/8, "fd00::1/8"], allowedEgressCIDRs: ["::ffff:10.0.0.1/128"], additionalEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.2.3/16]}}]}]}}}',
      ),
      expected: [
        'warning spec.security.networkPolicy.allowedIngressCIDRs[0]: "10.1.2.3/8" names an address and the 8 bits of its network; expected the range alone',
        'warning spec.security.networkPolicy.allowedIngressCIDRs[1]: "fd00::1/8" names an address and the 8 bits of its network; expected the range alone',
        'warning spec.security.networkPolicy.allowedEgressCIDRs[0]: "::ffff:10.0.0.1/128" holds addresses of IPv4 in the form of IPv6; expected the range alone',
        'warning spec.security.networkPolicy.additionalEgress[0].to[0].ipBlock.except[0]: "10.1.2.3/16" names an address and the 16 bits of its network; expected the range alone',
      ],
    },
    {
      title: 'ranges, single addresses, and what is no range',
      input: bot('{security: {networkPolicy: {allowedIngressCIDRs: [10.0.0.0/8, 10.1.2.3/32, "::/0", "fd00::1/128", lots]}}}'),
      expected: [],
    },
  ],
  'cidr-syntax': [
    {
      title: 'an address without a prefix',
      input: bot('{security: {networkPolicy: {allowedEgressCIDRs: [10.0.0.1]}}}'),
      expected: [
        'error spec.security.networkPolicy.allowedEgressCIDRs[0]: "10.0.0.1" is not an address range; expected a form such as "10.0.0.0/8"',
      ],
    },
    {
      title: 'each list and the annotation',
      input: bot(
        '{security: {networkPolicy: {allowedIngressCIDRs: [10.0.0.0/33, "fd00::/8"], additionalEgress: [{to: [{ipBlock: {cidr: all}}]}]}}}',
        `annotations: {${CIDRS}: "10.0.0.0/8, 10.1/16"}`,
      ),
      expected: [
        'error spec.security.networkPolicy.allowedIngressCIDRs[0]: "10.0.0.0/33" is not an address range; expected a form such as "10.0.0.0/8"',
        'error spec.security.networkPolicy.additionalEgress[0].to[0].ipBlock.cidr: "all" is not an address range; expected a form such as "10.0.0.0/8"',
        'error metadata.annotations["gitops.openclaw.rocks/ingress-cidrs"]: "10.1/16" is not an address range; expected a form such as "10.0.0.0/8"',
      ],
    },
    {
      title: 'exceptions that are no part of their range',
      input: bot(
        '{security: {networkPolicy: {additionalEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 192.168.0.0/16, 10.0.0.0/8, x]}}]}]}}}',
      ),
      expected: [
        'error spec.security.networkPolicy.additionalEgress[0].to[0].ipBlock.except[1]: "192.168.0.0/16" is not a part of "10.0.0.0/8"; expected a smaller range inside it',
        'error spec.security.networkPolicy.additionalEgress[0].to[0].ipBlock.except[2]: "10.0.0.0/8" is not a part of "10.0.0.0/8"; expected a smaller range inside it',
        'error spec.security.networkPolicy.additionalEgress[0].to[0].ipBlock.except[3]: "x" is not an address range; expected a form such as "10.0.0.0/8"',
      ],
    },
    {
      title: 'ranges of both families',
      input: bot('{security: {networkPolicy: {allowedIngressCIDRs: [0.0.0.0/0, "::/0", "::ffff:10.0.0.0/104"]}}}'),
      expected: [],
    },
  ],
  'egress-open': [
    {
      title: 'a rule without anything',
      input: egress('[{}]'),
      expected: [`warning spec.security.networkPolicy.additionalEgress[0]: ${EVERY_PORT}`],
    },
    ...[
      '{ports: []}',
      '{to: []}',
      '{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}',
      '{to: [{ipBlock: {cidr: "::/0"}}]}',
      '{to: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}]}',
      '{to: [{podSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0}}]}',
      '{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}',
    ].map((rule) => ({
      title: `every address, written as ${rule}`,
      input: egress(`[{to: [{podSelector: {}}]}, ${rule}]`),
      expected: [`warning spec.security.networkPolicy.additionalEgress[1]: ${EVERY_PORT}`],
    })),
    ...['{port: 80}', '{port: 443, protocol: TCP}', '{port: 1, endPort: 65535}', '{protocol: TCP}'].map((port) => ({
      title: `every address on ${port}`,
      input: egress(`[{ports: [${port}]}]`),
      expected: [
        "warning spec.security.networkPolicy.additionalEgress[0]: the rule opens every address on the ports of the web, also the cloud's metadata service; expected the addresses that the agent needs",
      ],
    })),
    {
      title: 'a list of ranges that leaves nothing out',
      input: bot('{security: {networkPolicy: {allowedEgressCIDRs: ["0.0.0.0/0"]}}}'),
      expected: [
        `warning spec.security.networkPolicy.allowedEgressCIDRs: "allowedEgressCIDRs" opens every address on every port, also the cloud's metadata service; expected the addresses that the agent needs`,
      ],
    },
    ...[
      '{ports: [{port: 587}]}',
      '{ports: [{port: 53, protocol: UDP}]}',
      '{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 22}]}',
      '{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.0.0/16]}}]}',
      '{to: [{ipBlock: {cidr: "::/0", except: ["fc00::/7"]}}]}',
      '{to: [{ipBlock: {cidr: 169.254.169.254/32}}]}',
      '{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}',
      '{to: [{namespaceSelector: {}}]}',
    ].map((rule) => ({ title: `less than everything: ${rule}`, input: egress(`[${rule}]`), expected: [] })),
    {
      title: 'there is no policy',
      input: bot('{security: {networkPolicy: {enabled: false, additionalEgress: [{}], allowedEgressCIDRs: [0.0.0.0/0]}}}'),
      expected: [],
    },
  ],
  'trusted-proxies-all': [
    {
      title: 'the whole internet',
      input: proxies('[0.0.0.0/0]'),
      expected: [
        `error spec.config.raw.gateway.trustedProxies: "/gateway/trustedProxies" of the configuration covers every address; expected the proxy's own`,
      ],
    },
    ...[
      '["::/0"]',
      '["0/0"]',
      '["*"]',
      '["::ffff:0:0/96"]',
      '[0.0.0.0/1, 128.0.0.0/1]',
      '["10.0.0.0/0"]',
      '["0.0.0.0/0.0.0.0"]',
      '["::/1", "8000::/1"]',
      '["2000::/3"]',
      '[1.0.0.0/8, 2.0.0.0/7, 4.0.0.0/6, 8.0.0.0/5, 16.0.0.0/4, 32.0.0.0/3, 64.0.0.0/2, 128.0.0.0/2, 192.0.0.0/3]',
      '["::ffff:0.0.0.0/97", 128.0.0.0/1]',
    ].map((list) => ({
      title: `the whole internet, written as ${list}`,
      input: proxies(list),
      expected: [
        'error spec.config.raw.gateway.trustedProxies: "/gateway/trustedProxies" of the configuration covers every address; expected the proxy\'s own',
      ],
    })),
    {
      title: 'the annotation',
      input: bot('{}', `annotations: {${CIDRS}: "0.0.0.0/1,128.0.0.0/1"}`),
      expected: [
        `error metadata.annotations["gitops.openclaw.rocks/ingress-cidrs"]: "gitops.openclaw.rocks/ingress-cidrs" covers every address; expected the Ingress controller's own`,
      ],
    },
    ...['[10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]', '[127.0.0.1]', '["fd00::/8"]', '[0.0.0.0/1]', '[]', 'text', '[1]'].map((list) => ({
      title: `a part of it: ${list}`,
      input: proxies(list),
      expected: [],
    })),
  ],
  'ingress-source-closed': [
    {
      title: 'an Ingress whose controller is kept out',
      input: ingress('className: nginx'),
      expected: [
        'warning spec.networking.ingress: the NetworkPolicy keeps the Ingress controller out; expected its namespace in "spec.security.networkPolicy.allowedIngressNamespaces"',
      ],
    },
    {
      title: 'a Gateway of another namespace, a load balancer and Prometheus',
      input:
        bot(`{networking: {httpRoute: {enabled: true, parentRefs: [{name: web, namespace: gateways}, {name: own}]}, service: {type: LoadBalancer}},
        observability: {metrics: {serviceMonitor: {enabled: true}}}}`),
      expected: [
        'warning spec.networking.httpRoute.parentRefs[0].namespace: the NetworkPolicy keeps the Gateway in "gateways" out; expected the namespace of its pods in "spec.security.networkPolicy.allowedIngressNamespaces"',
        'warning spec.networking.service.type: the NetworkPolicy keeps out whoever comes through a Service of type LoadBalancer; expected their addresses in "spec.security.networkPolicy.allowedIngressCIDRs"',
        'warning spec.observability.metrics.serviceMonitor: the NetworkPolicy keeps Prometheus out; expected its namespace in the annotation "gitops.openclaw.rocks/metrics-namespaces"',
      ],
    },
    { title: 'a namespace is opened', input: ingress('className: nginx', OPEN), expected: [] },
    {
      title: 'a range is opened',
      input: ingress('className: nginx', ', security: {networkPolicy: {allowedIngressCIDRs: [10.0.0.0/8]}}'),
      expected: [],
    },
    {
      title: 'ARD-077 the metrics port is opened to Prometheus',
      input: bot(
        '{observability: {metrics: {serviceMonitor: {enabled: true}}}}',
        'annotations: {gitops.openclaw.rocks/metrics-namespaces: monitoring}',
      ),
      expected: [],
    },
    { title: 'there is no policy', input: ingress('className: nginx', ', security: {networkPolicy: {enabled: false}}'), expected: [] },
    { title: 'nothing is to come in', input: bot('{networking: {ingress: {enabled: false}, service: {type: ClusterIP}}}'), expected: [] },
  ],
  'ingress-cidrs-missing': [
    {
      title: 'users of an Ingress share an address',
      input: ingress('hosts: [{host: bot.example.com}]'),
      expected: [
        'warning spec.networking.ingress: "gitops.openclaw.rocks/ingress-cidrs" is not set, so that all users of the Ingress count as one address when failed logins are counted',
      ],
    },
    {
      title: 'users of an HTTPRoute too',
      input: bot('{networking: {httpRoute: {enabled: true, parentRefs: [{name: web}]}}}'),
      expected: [
        'warning spec.networking.httpRoute: "gitops.openclaw.rocks/ingress-cidrs" is not set, so that all users of the HTTPRoute count as one address when failed logins are counted',
      ],
    },
    {
      title: 'the range is named',
      input: ingress('hosts: [{host: bot.example.com}]').replace(
        'namespace: agents',
        `namespace: agents, annotations: {${CIDRS}: 10.0.0.0/8}`,
      ),
      expected: [],
    },
    { title: 'nobody comes through an Ingress', input: bot('{networking: {ingress: {enabled: false}}}'), expected: [] },
  ],
  'origin-syntax': [
    {
      title: 'an origin with a path',
      input: bot('{gateway: {controlUiOrigins: ["https://bot.example.com/"]}}'),
      expected: [
        'error spec.gateway.controlUiOrigins[0]: "https://bot.example.com/" is not an origin; expected a form such as "https://bot.example.com"',
      ],
    },
    {
      title: 'a host alone, and upper case',
      input: bot('{gateway: {controlUiOrigins: [bot.example.com, "https://Bot.example.com"]}}'),
      expected: [
        'error spec.gateway.controlUiOrigins[0]: "bot.example.com" is not an origin; expected a form such as "https://bot.example.com"',
        'error spec.gateway.controlUiOrigins[1]: "https://Bot.example.com" is not an origin; expected a form such as "https://bot.example.com"',
      ],
    },
    {
      title: 'origins as browsers send them',
      input: bot(
        '{gateway: {controlUiOrigins: ["https://bot.example.com", "http://localhost:8080", "http://[::1]:80", "tauri://localhost", ""]}}',
      ),
      expected: [],
    },
  ],
  'origin-any': [
    {
      title: 'any site',
      input: bot('{gateway: {controlUiOrigins: ["https://bot.example.com", "*"]}}'),
      expected: ['warning spec.gateway.controlUiOrigins[1]: "*" is every site there is; expected the origins of the Control UI'],
    },
    { title: 'origins', input: bot('{gateway: {controlUiOrigins: ["https://bot.example.com"]}}'), expected: [] },
  ],
  'service-ports': [
    {
      title: 'two ports of one number',
      input: bot('{networking: {service: {ports: [{name: a, port: 80}, {name: b, port: 80}]}}}'),
      expected: ['error spec.networking.service.ports[1].port: "TCP/80" is in the list twice; expected each port once'],
    },
    {
      title: 'names that repeat, and none',
      input: bot('{networking: {service: {ports: [{name: a, port: 80}, {name: a, port: 81}, {name: "My port", port: 82}]}}}'),
      expected: [
        'error spec.networking.service.ports[1].name: "a" is the name of another port too; expected a name of its own',
        'error spec.networking.service.ports[2].name: "My port" is not the name of a port; expected lower-case letters, digits and "-"',
      ],
    },
    {
      title: 'one number for two protocols, and a long name',
      input: bot(
        '{networking: {service: {ports: [{name: dns-tcp, port: 53}, {name: dns-udp, port: 53, protocol: UDP}, {name: a-name-longer-than-fifteen, port: 1}]}}}',
      ),
      expected: [],
    },
  ],
  'service-target-port': [
    {
      title: "the operator's proxy port",
      input: bot('{networking: {service: {ports: [{name: web, port: 80, targetPort: 18790}]}}}'),
      expected: [
        'warning spec.networking.service.ports[0].targetPort: 18790 is open inside the pod only; expected 18780 to reach the gateway',
      ],
    },
    {
      title: 'the port is the target where none is named',
      input: bot('{networking: {service: {ports: [{name: gateway, port: 18789}]}}}'),
      expected: ['warning spec.networking.service.ports[0].port: 18789 is open inside the pod only; expected 18780 to reach the gateway'],
    },
    {
      title: 'the proxy, a sidecar',
      input: bot('{networking: {service: {ports: [{name: web, port: 80, targetPort: 18780}, {name: side, port: 8080}]}}}'),
      expected: [],
    },
    {
      title: 'without the proxy the gateway is reachable',
      input: bot('{gateway: {enabled: false}, networking: {service: {ports: [{name: gateway, port: 18789}]}}}'),
      expected: [],
    },
  ],
  'metrics-port': [
    {
      title: "the gateway's port",
      input: bot('{observability: {metrics: {port: 18789}}}'),
      expected: ['error spec.observability.metrics.port: 18789 belongs to OpenClaw; expected a port of its own'],
    },
    {
      title: 'the port of the collector itself',
      input: bot('{observability: {metrics: {port: 4318}}}'),
      expected: ['error spec.observability.metrics.port: 4318 belongs to the metrics collector; expected a port of its own'],
    },
    {
      title: "Ollama's port",
      input: bot('{ollama: {enabled: true}, observability: {metrics: {port: 11434}}}'),
      expected: ['error spec.observability.metrics.port: 11434 belongs to Ollama; expected a port of its own'],
    },
    { title: 'a free port', input: bot('{observability: {metrics: {port: 11434}}}'), expected: [] },
    { title: 'metrics are off', input: bot('{observability: {metrics: {enabled: false, port: 18789}}}'), expected: [] },
  ],
  'logging-ignored': [
    {
      title: 'D32 W-40 a level and a format without effect',
      input: bot('{observability: {logging: {level: debug, format: text}}}'),
      expected: [
        'warning spec.observability.logging.level: "debug" has no effect here; expected logging.level in the configuration',
        'warning spec.observability.logging.format: "text" has no effect here; expected logging.consoleStyle in the configuration',
      ],
    },
    { title: 'D32 W-40 what happens anyway', input: bot('{observability: {logging: {level: info, format: json}}}'), expected: [] },
  ],
  'service-exposed': [
    {
      title: 'a load balancer',
      input: bot('{networking: {service: {type: LoadBalancer}}}'),
      expected: [
        'warning spec.networking.service.type: a Service of type LoadBalancer opens the gateway without TLS; expected "ClusterIP" behind something that has a certificate',
        'warning spec.networking.service.type: a Service of type LoadBalancer opens the metrics, which need no login; expected them inside the cluster only',
      ],
    },
    {
      title: 'a node port, without metrics',
      input: bot('{networking: {service: {type: NodePort}}, observability: {metrics: {enabled: false}}}'),
      expected: [
        'warning spec.networking.service.type: a Service of type NodePort opens the gateway without TLS; expected "ClusterIP" behind something that has a certificate',
      ],
    },
    { title: 'inside the cluster', input: bot('{networking: {service: {type: ClusterIP}}}'), expected: [] },
  ],
  'egress-closed': [
    {
      title: 'a name inside the cluster',
      input: bot('{config: {raw: {models: {providers: {local: {baseUrl: "http://ollama.llm.svc:11434/v1"}}}}}}'),
      expected: [
        'warning spec.config.raw.models.providers.local.baseUrl: "/models/providers/local/baseUrl" of the configuration leads to a name inside the cluster, port 11434, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
      ],
    },
    {
      title: 'private and public addresses, names on other ports',
      input:
        bot(`{config: {raw: {models: {providers: {a: {baseUrl: "http://10.0.0.5:8000"}, b: {baseUrl: "https://192.168.1.1"}, c: {baseUrl: "http://api.example.com"},
        d: {baseUrl: "http://litellm:4000"}, e: {endpoint: "https://203.0.113.9:8443"}, f: {baseUrl: "https://[fd00::1]"}}}}}}`),
      expected: [
        'warning spec.config.raw.models.providers.a.baseUrl: "/models/providers/a/baseUrl" of the configuration leads to a private address, port 8000, which is closed; expected it in "spec.security.networkPolicy.allowedEgressCIDRs" or "spec.security.networkPolicy.additionalEgress"',
        'warning spec.config.raw.models.providers.b.baseUrl: "/models/providers/b/baseUrl" of the configuration leads to a private address, port 443, which is closed; expected it in "spec.security.networkPolicy.allowedEgressCIDRs" or "spec.security.networkPolicy.additionalEgress"',
        'warning spec.config.raw.models.providers.c.baseUrl: "/models/providers/c/baseUrl" of the configuration leads to a public name, port 80, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
        'warning spec.config.raw.models.providers.d.baseUrl: "/models/providers/d/baseUrl" of the configuration leads to a name inside the cluster, port 4000, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
        'warning spec.config.raw.models.providers.e.endpoint: "/models/providers/e/endpoint" of the configuration leads to a public address, port 8443, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
        'warning spec.config.raw.models.providers.f.baseUrl: "/models/providers/f/baseUrl" of the configuration leads to a private address, port 443, which is closed; expected it in "spec.security.networkPolicy.allowedEgressCIDRs" or "spec.security.networkPolicy.additionalEgress"',
      ],
    },
    {
      title: 'variables, proxies among them, never with their value',
      input: bot(
        '{env: [{name: OLLAMA_HOST, value: "http://ollama:11434"}, {name: HTTPS_PROXY, value: "user:secret@proxy.corp.internal:3128"}, {name: NO_PROXY, value: localhost}]}',
      ),
      expected: [
        'warning spec.env[0].name: "OLLAMA_HOST" leads to a name inside the cluster, port 11434, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
        'warning spec.env[1].name: "HTTPS_PROXY" leads to a name inside the cluster, port 3128, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
      ],
    },
    {
      title: 'registries of models',
      input: bot('{ollama: {enabled: true, models: [llama3.2, hf.co/a/b, "models.internal/a/b:1", "registry.example.com:5000/a/b"]}}'),
      expected: [
        'warning spec.ollama.models[2]: the registry of the model "models.internal/a/b:1" leads to a name inside the cluster, port 443, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
        'warning spec.ollama.models[3]: the registry of the model "registry.example.com:5000/a/b" leads to a public name, port 5000, which is closed; expected it in "spec.security.networkPolicy.additionalEgress"',
      ],
    },
    {
      title: 'opened by rules and ranges',
      input:
        bot(`{config: {raw: {models: {providers: {a: {baseUrl: "http://10.0.0.5:8000"}, b: {baseUrl: "http://ollama.llm.svc:11434"}, c: {baseUrl: "http://api.example.com:8443"}}}}},
        security: {networkPolicy: {allowedEgressCIDRs: [10.0.0.0/8], additionalEgress: [{to: [{namespaceSelector: {}}], ports: [{port: 11434}]}]}}}`),
      expected: [],
    },
    {
      title: 'a rule that leaves the address or the port out does not open it',
      input:
        bot(`{config: {raw: {models: {providers: {a: {baseUrl: "http://10.0.0.5:8000"}, b: {baseUrl: "http://10.1.0.5:8000"}, c: {baseUrl: "http://10.0.0.5:9000"}}}}},
        security: {networkPolicy: {additionalEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 8000, endPort: 8010}]}]}}}`),
      expected: [
        'warning spec.config.raw.models.providers.b.baseUrl: "/models/providers/b/baseUrl" of the configuration leads to a private address, port 8000, which is closed; expected it in "spec.security.networkPolicy.allowedEgressCIDRs" or "spec.security.networkPolicy.additionalEgress"',
        'warning spec.config.raw.models.providers.c.baseUrl: "/models/providers/c/baseUrl" of the configuration leads to a private address, port 9000, which is closed; expected it in "spec.security.networkPolicy.allowedEgressCIDRs" or "spec.security.networkPolicy.additionalEgress"',
      ],
    },
    {
      title: 'open by default, inside the pod, a reference, or what others connect to',
      input:
        bot(`{config: {raw: {models: {providers: {a: {baseUrl: "https://api.example.com/v1"}, b: {baseUrl: "http://127.0.0.1:11434"}, c: {baseUrl: "http://localhost:1"},
        d: {baseUrl: "http://\${HOST}:80"}}}, channels: {telegram: {webhookUrl: "http://bot.example.com:8080"}}, ui: {text: "http://x:1"}}}}`),
      expected: [],
    },
    {
      title: 'there is no policy',
      input: bot(
        '{security: {networkPolicy: {enabled: false}}, config: {raw: {models: {providers: {a: {baseUrl: "http://10.0.0.5:8000"}}}}}}',
      ),
      expected: [],
    },
  ],
};
