import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const CONTROLLER = 'gitops.openclaw.rocks/ingress-controller';
const ingress = (fields: string): string => bot(`{networking: {ingress: {enabled: true, ${fields}}}}`);
const nginx = (fields: string): string => ingress(`className: nginx, hosts: [{host: bot.example.com}], ${fields}`);
const traefik = (fields: string): string => ingress(`className: traefik, hosts: [{host: bot.example.com}], ${fields}`);
const paths = (list: string): string => ingress(`hosts: [{host: a.example.com}, {host: bot.example.com, paths: ${list}}]`);
const route = (parents: string): string => bot(`{networking: {httpRoute: {enabled: true, parentRefs: ${parents}}}}`);
const controller = (name: string, fields: string): string =>
  bot(`{networking: {ingress: {enabled: true, hosts: [{host: bot.example.com}], ${fields}}}}`, `annotations: {${CONTROLLER}: ${name}}`);
const annotation = (key: string): string => `spec.networking.ingress.annotations["${key}"]`;

export const INGRESS_CASES: RuleCases = {
  'ingress-tls-missing': [
    {
      title: 'POD-335 ARD-143 no certificate',
      input: ingress('hosts: [{host: bot.example.com}]'),
      expected: ['warning spec.networking.ingress.tls: the Ingress has no TLS; expected a certificate for its hosts'],
    },
    { title: 'ARD-143 a certificate', input: ingress('tls: [{hosts: [bot.example.com], secretName: tls}]'), expected: [] },
    {
      title: 'ARD-143 the Ingress is off',
      input: bot('{networking: {ingress: {enabled: false, security: {forceHTTPS: false}}}}'),
      expected: [],
    },
  ],
  'ingress-http-allowed': [
    {
      title: 'POD-335 ARD-143 HTTP stays HTTP',
      input: ingress('security: {forceHTTPS: false}'),
      expected: ['warning spec.networking.ingress.security.forceHTTPS: "forceHTTPS" is false; expected HTTPS only'],
    },
    { title: 'ARD-143 HTTPS is forced', input: ingress('security: {forceHTTPS: true}'), expected: [] },
    {
      title: 'ARD-143 the Ingress is off',
      input: bot('{networking: {ingress: {enabled: false, security: {forceHTTPS: false}}}}'),
      expected: [],
    },
  ],
  'http-route-parents': [
    {
      title: 'a route without a Gateway',
      input: bot('{networking: {httpRoute: {enabled: true}}}'),
      expected: ['error spec.networking.httpRoute.parentRefs: "parentRefs" is empty; expected the name of at least one Gateway'],
    },
    {
      title: 'an empty list',
      input: bot('{networking: {httpRoute: {enabled: true, parentRefs: []}}}'),
      expected: ['error spec.networking.httpRoute.parentRefs: "parentRefs" is empty; expected the name of at least one Gateway'],
    },
    { title: 'no route', input: bot('{networking: {httpRoute: {enabled: false}}}'), expected: [] },
    {
      title: 'a Gateway twice, and names that are none',
      input: route('[{name: web}, {name: web, namespace: a_b}, {name: web, sectionName: https}, {name: Web, sectionName: "a b"}]'),
      expected: [
        'error spec.networking.httpRoute.parentRefs[1].namespace: "a_b" cannot be the name of an object; expected one such as "web"',
        'error spec.networking.httpRoute.parentRefs[2]: the Gateway "web" is named twice; expected another listener in each "sectionName"',
        'error spec.networking.httpRoute.parentRefs[3].name: "Web" cannot be the name of an object; expected one such as "web"',
        'error spec.networking.httpRoute.parentRefs[3].sectionName: "a b" cannot be the name of an object; expected one such as "web"',
      ],
    },
    {
      title: 'one listener of a Gateway twice',
      input: route('[{name: web, sectionName: a}, {name: web, sectionName: b}, {name: web, sectionName: a}]'),
      expected: [
        'error spec.networking.httpRoute.parentRefs[2]: the Gateway "web" is named twice; expected another listener in each "sectionName"',
      ],
    },
    {
      title: 'more Gateways than a route can name',
      input: route(`[${Array.from({ length: 33 }, (_, index) => `{name: g${index}}`).join(', ')}]`),
      expected: ['error spec.networking.httpRoute.parentRefs: "parentRefs" has 33 entries; expected at most 32'],
    },
    {
      title: 'Gateways of one name in two namespaces, and listeners of one',
      input: route('[{name: web, namespace: a}, {name: web, namespace: b}, {name: in, sectionName: http}, {name: in, sectionName: https}]'),
      expected: [],
    },
  ],
  'host-name': [
    {
      title: 'a host with a scheme',
      input: ingress('hosts: [{host: "https://bot.example.com"}]'),
      expected: [
        'error spec.networking.ingress.hosts[0].host: "https://bot.example.com" is not a host name; expected a form such as "bot.example.com"',
      ],
    },
    {
      title: 'hosts of certificates and routes',
      input: bot(
        '{networking: {ingress: {tls: [{hosts: ["bot.example.com:443"]}]}, httpRoute: {hostnames: [Bot.example.com, "a.*.example.com"]}}}',
      ),
      expected: [
        'error spec.networking.ingress.tls[0].hosts[0]: "bot.example.com:443" is not a host name; expected a form such as "bot.example.com"',
        'error spec.networking.httpRoute.hostnames[0]: "Bot.example.com" is not a host name; expected a form such as "bot.example.com"',
        'error spec.networking.httpRoute.hostnames[1]: "a.*.example.com" is not a host name; expected a form such as "bot.example.com"',
      ],
    },
    {
      title: 'addresses, and no host where one is needed',
      input: bot('{networking: {ingress: {hosts: [{host: 10.0.0.1}], tls: [{hosts: [""]}]}, httpRoute: {hostnames: [""]}}}'),
      expected: [
        'error spec.networking.ingress.hosts[0].host: "10.0.0.1" is not a host name; expected a form such as "bot.example.com"',
        'error spec.networking.ingress.tls[0].hosts[0]: "" is not a host name; expected a form such as "bot.example.com"',
        'error spec.networking.httpRoute.hostnames[0]: "" is not a host name; expected a form such as "bot.example.com"',
      ],
    },
    {
      title: 'more host names than a route can have',
      input: bot(
        `{networking: {httpRoute: {hostnames: [${Array.from({ length: 17 }, (_, index) => `h${index}.example.com`).join(', ')}]}}}`,
      ),
      expected: ['error spec.networking.httpRoute.hostnames: the HTTPRoute has 17 host names; expected at most 16'],
    },
    {
      title: 'names, a wildcard, and every host',
      input: ingress('hosts: [{host: bot.example.com}, {host: "*.example.com"}, {host: ""}]'),
      expected: [],
    },
  ],
  'backend-port': [
    {
      title: 'ARD-075 W-22 the default port that custom ports have dropped',
      input: bot(
        '{networking: {ingress: {enabled: true, hosts: [{host: bot.example.com}]}, service: {ports: [{name: web, port: 80, targetPort: 18780}]}}}',
      ),
      expected: ['error spec.networking.ingress.hosts[0]: the default port 18789 is not a port of the Service; expected 80 or 9090'],
    },
    {
      title: 'ARD-075 W-22 ports of paths and of the route',
      input: bot(
        '{networking: {ingress: {enabled: true, hosts: [{host: a.example.com, paths: [{path: /, port: 81}, {path: /b}]}]}, httpRoute: {enabled: true, port: 82, parentRefs: [{name: web}]}}}',
      ),
      expected: [
        'error spec.networking.ingress.hosts[0].paths[0].port: 81 is not a port of the Service; expected 18789 or 9090',
        'error spec.networking.httpRoute.port: 82 is not a port of the Service; expected 18789 or 9090',
      ],
    },
    {
      title: 'W-22 ports that the Service has, the metrics port among them',
      input: bot(
        '{networking: {ingress: {enabled: true, hosts: [{host: a.example.com, paths: [{path: /, port: 80}, {path: /m, port: 9090}]}]}, service: {ports: [{name: web, port: 80, targetPort: 18780}]}}}',
      ),
      expected: [],
    },
    {
      title: 'nothing leads to the Service',
      input: bot('{networking: {ingress: {hosts: [{host: a.example.com, paths: [{port: 1}]}]}}}'),
      expected: [],
    },
  ],
  'ingress-hosts-missing': [
    {
      title: 'no hosts',
      input: ingress('className: nginx'),
      expected: ['error spec.networking.ingress.hosts: "hosts" is empty; expected at least one host'],
    },
    {
      title: 'an empty list',
      input: ingress('hosts: []'),
      expected: ['error spec.networking.ingress.hosts: "hosts" is empty; expected at least one host'],
    },
    { title: 'a host', input: ingress('hosts: [{host: ""}]'), expected: [] },
    { title: 'the Ingress is off', input: bot('{networking: {ingress: {enabled: false}}}'), expected: [] },
  ],
  'ingress-path': [
    {
      title: 'a path without its slash',
      input: paths('[{path: hooks}]'),
      expected: ['error spec.networking.ingress.hosts[1].paths[0].path: "hooks" is not a path; expected a form such as "/" or "/hooks"'],
    },
    {
      title: 'what the API server refuses',
      input: paths(
        '[{path: ""}, {path: /a//b, pathType: Exact}, {path: /a/../b}, {path: /a/.}, {path: "/a%2Fb"}, {path: a, pathType: ImplementationSpecific}]',
      ),
      expected: ['""', '"/a//b"', '"/a/../b"', '"/a/."', '"/a%2Fb"', '"a"'].map(
        (path, index) =>
          `error spec.networking.ingress.hosts[1].paths[${index}].path: ${path} is not a path; expected a form such as "/" or "/hooks"`,
      ),
    },
    {
      title: 'paths',
      input: paths(
        '[{path: /}, {path: /a.b/..c, pathType: Exact}, {path: "/(.*)//", pathType: ImplementationSpecific}, {path: "", pathType: ImplementationSpecific}]',
      ),
      expected: [],
    },
  ],
  'ingress-class-conflict': [
    {
      title: 'the class said twice',
      input: nginx('annotations: {kubernetes.io/ingress.class: nginx}'),
      expected: [
        `error ${annotation('kubernetes.io/ingress.class')}: "kubernetes.io/ingress.class" says the class that "className" says too; expected one of the two`,
      ],
    },
    {
      title: 'one of the two',
      input: ingress('hosts: [{host: bot.example.com}], annotations: {kubernetes.io/ingress.class: nginx}'),
      expected: [],
    },
  ],
  'ingress-annotation-overwritten': [
    {
      title: 'a limit in both places',
      input: nginx('annotations: {nginx.ingress.kubernetes.io/limit-rps: "9"}, security: {rateLimiting: {}}'),
      expected: [
        `warning ${annotation('nginx.ingress.kubernetes.io/limit-rps')}: "nginx.ingress.kubernetes.io/limit-rps" is overwritten; expected it in "spec.networking.ingress.security.rateLimiting" only`,
      ],
    },
    {
      title: 'HTTPS and the login',
      input: nginx(
        'annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false", nginx.ingress.kubernetes.io/auth-realm: x}, security: {basicAuth: {enabled: true}}',
      ),
      expected: [
        `warning ${annotation('nginx.ingress.kubernetes.io/ssl-redirect')}: "nginx.ingress.kubernetes.io/ssl-redirect" is overwritten; expected it in "spec.networking.ingress.security.forceHTTPS" only`,
        `warning ${annotation('nginx.ingress.kubernetes.io/auth-realm')}: "nginx.ingress.kubernetes.io/auth-realm" is overwritten; expected it in "spec.networking.ingress.security.basicAuth" only`,
      ],
    },
    {
      title: 'Traefik',
      input: traefik('tls: [{secretName: tls}], annotations: {traefik.ingress.kubernetes.io/router.entrypoints: web}'),
      expected: [
        `warning ${annotation('traefik.ingress.kubernetes.io/router.entrypoints')}: "traefik.ingress.kubernetes.io/router.entrypoints" is overwritten; expected it in "spec.networking.ingress.security.forceHTTPS" only`,
      ],
    },
    {
      title: 'what the spec leaves open, and what is joined',
      input: nginx(
        'annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 1g, nginx.ingress.kubernetes.io/ssl-redirect: "false", traefik.ingress.kubernetes.io/router.middlewares: a-b@kubernetescrd}, security: {forceHTTPS: false}',
      ),
      expected: [],
    },
  ],
  'ingress-snippet': [
    {
      title: 'ARD-076 a snippet of the user',
      input: nginx('annotations: {nginx.ingress.kubernetes.io/configuration-snippet: "more_set_headers x;"}'),
      expected: [
        `warning ${annotation('nginx.ingress.kubernetes.io/configuration-snippet')}: "configuration-snippet" holds lines for nginx.conf; expected none`,
      ],
    },
    { title: 'ARD-076 HSTS needs none', input: nginx('security: {enableHSTS: true}'), expected: [] },
  ],
  'ingress-controller-unknown': [
    {
      title: 'a class that tells nothing',
      input: ingress('className: public, hosts: [{host: bot.example.com}]'),
      expected: [
        'warning spec.networking.ingress.security.forceHTTPS: the class "public" tells no controller, so that nobody is known to send HTTP to HTTPS; expected nginx or traefik',
      ],
    },
    {
      title: 'a login that nobody would ask for is refused',
      input: ingress('hosts: [{host: bot.example.com}], security: {forceHTTPS: false, basicAuth: {enabled: true}, rateLimiting: {}}'),
      expected: [
        'error spec.networking.ingress.security.basicAuth: the Ingress names no class, so that nobody asks for the user name and password; expected nginx or traefik',
        'warning spec.networking.ingress.security.rateLimiting: the Ingress names no class, so that nobody limits requests; expected nginx or traefik',
      ],
    },
    {
      title: 'a controller that we do not know',
      input: controller('haproxy', 'security: {forceHTTPS: false}'),
      expected: [`error metadata.annotations["${CONTROLLER}"]: "haproxy" is no controller that we know; expected nginx, traefik or other`],
    },
    {
      title: 'the annotation says nginx',
      input: controller('nginx', 'className: public, security: {basicAuth: {enabled: true}}'),
      expected: [],
    },
    { title: 'the annotation says other', input: controller('other', 'className: alb'), expected: [] },
    { title: 'classes that tell', input: nginx('security: {basicAuth: {enabled: true}, rateLimiting: {}}'), expected: [] },
    {
      title: 'the class in the annotation of old',
      input: ingress('hosts: [{host: bot.example.com}], annotations: {kubernetes.io/ingress.class: NGINX-internal}'),
      expected: [],
    },
    { title: 'the Ingress is off', input: bot('{networking: {ingress: {className: public}}}'), expected: [] },
  ],
  'basic-auth-syntax': [
    {
      title: 'a colon in the user name',
      input: nginx('security: {basicAuth: {enabled: true, username: "a:b"}}'),
      expected: [
        'error spec.networking.ingress.security.basicAuth.username: "a:b" cannot be a user name here; expected printable ASCII without blanks and ":"',
      ],
    },
    {
      title: 'a realm that ingress-nginx refuses',
      input: nginx("security: {basicAuth: {enabled: true, realm: 'it''s me'}}"),
      expected: [
        'error spec.networking.ingress.security.basicAuth.realm: "it\'s me" cannot be a realm; expected letters, digits, blanks and "-", "_", ".", "~", ":" or "/"',
      ],
    },
    { title: 'Traefik takes that realm', input: traefik("security: {basicAuth: {enabled: true, realm: 'it''s me'}}"), expected: [] },
    {
      title: 'a realm that would end its header',
      input: traefik("security: {basicAuth: {enabled: true, realm: 'a\"b'}}"),
      expected: [
        'error spec.networking.ingress.security.basicAuth.realm: "a\\"b" cannot be a realm; expected letters, digits, blanks and "-", "_", ".", "~", ":" or "/"',
      ],
    },
    {
      title: "the user's own Secret has its own names",
      input: nginx('security: {basicAuth: {enabled: true, existingSecret: htpasswd, username: "a:b", realm: Sala 1}}'),
      expected: [],
    },
    { title: 'no login', input: nginx('security: {basicAuth: {username: "a:b"}}'), expected: [] },
  ],
};
