import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const RULES = 'additionalRules: [{apiGroups: [""], resources: [pods], verbs: [get]}]';
const secret = (name: string, fields: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: agents}\n${fields}\n`;
const SEALED =
  'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: keys, namespace: agents}\nspec: {encryptedData: {A: AgB}}\n';
const EXTERNAL = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: keys, namespace: agents}\n';

export const ACCESS_CASES: RuleCases = {
  'service-account-missing': [
    {
      title: 'D33 no account is rendered and none is named',
      input: bot('{security: {rbac: {createServiceAccount: false}}}'),
      expected: [
        'error spec.security.rbac.createServiceAccount: "createServiceAccount" is false and "serviceAccountName" is not set; expected the name of an account that exists',
      ],
    },
    {
      title: 'D33 an empty name is none',
      input: bot('{security: {rbac: {createServiceAccount: false, serviceAccountName: ""}}}'),
      expected: [
        'error spec.security.rbac.createServiceAccount: "createServiceAccount" is false and "serviceAccountName" is not set; expected the name of an account that exists',
      ],
    },
    { title: 'D33 one is named', input: bot('{security: {rbac: {createServiceAccount: false, serviceAccountName: mine}}}'), expected: [] },
  ],
  'service-account-taken-over': [
    {
      title: 'ARD-040 W-24 a named account is rendered',
      input: bot('{security: {rbac: {serviceAccountName: mine}}}'),
      expected: [
        'warning spec.security.rbac.serviceAccountName: ServiceAccount "mine" is rendered, and belongs to this instance from then on; expected a name only together with "createServiceAccount: false"',
      ],
    },
    {
      title: 'ARD-040 it is not rendered',
      input: bot('{security: {rbac: {serviceAccountName: mine, createServiceAccount: false}}}'),
      expected: [],
    },
    { title: 'ARD-040 the name is the usual one', input: bot('{security: {rbac: {serviceAccountName: bot}}}'), expected: [] },
  ],
  'rbac-rules-unused': [
    {
      title: 'rights for a pod without a token',
      input: bot(`{security: {rbac: {${RULES}}}}`),
      expected: [
        'warning spec.security.rbac.additionalRules: "additionalRules" gives rights to an account whose token no container of the pod has',
      ],
    },
    {
      title: 'rights of an account that is not rendered',
      input: bot(`{security: {rbac: {createServiceAccount: false, serviceAccountName: mine, ${RULES}}}}`),
      expected: ['warning spec.security.rbac.additionalRules: "additionalRules" is ignored while "createServiceAccount" is false'],
    },
    {
      title: 'a volume brings a token',
      input: bot(
        `{security: {rbac: {${RULES}}}, extraVolumes: [{name: token, projected: {sources: [{serviceAccountToken: {path: token}}]}}]}`,
      ),
      expected: [],
    },
    { title: 'no rights', input: bot('{security: {rbac: {additionalRules: []}}}'), expected: [] },
  ],
  'rbac-rule-incomplete': [
    {
      title: 'a rule without verbs',
      input: bot('{security: {rbac: {additionalRules: [{apiGroups: [""], resources: [pods], verbs: []}]}}}'),
      expected: ['error spec.security.rbac.additionalRules[0].verbs: "verbs" is empty; expected at least one entry'],
    },
    {
      title: 'each list counts',
      input: bot('{security: {rbac: {additionalRules: [{apiGroups: [], resources: [], verbs: [get]}]}}}'),
      expected: [
        'error spec.security.rbac.additionalRules[0].apiGroups: "apiGroups" is empty; expected at least one entry',
        'error spec.security.rbac.additionalRules[0].resources: "resources" is empty; expected at least one entry',
      ],
    },
    { title: 'a complete rule', input: bot(`{security: {rbac: {${RULES}}}}`), expected: [] },
  ],
  'ca-bundle': [
    {
      title: 'POD-326 ARD-156 neither source',
      input: bot('{security: {caBundle: {}}}'),
      expected: ['error spec.security.caBundle: "caBundle" has neither "configMapName" nor "secretName"; expected one of the two'],
    },
    {
      title: 'POD-326 ARD-156 both sources',
      input: bot('{security: {caBundle: {configMapName: a, secretName: b}}}'),
      expected: ['error spec.security.caBundle: "caBundle" has both "configMapName" and "secretName"; expected one of the two'],
    },
    {
      title: 'a key with a slash, which no object can have',
      input: bot('{security: {caBundle: {configMapName: a, key: certs/ca.crt}}}'),
      expected: [
        'error spec.security.caBundle.key: "certs/ca.crt" cannot be a key of a ConfigMap or Secret; expected letters, digits, "-", "_" or "."',
      ],
    },
    { title: 'a key of its own', input: bot('{security: {caBundle: {secretName: a, key: my_ca-1.crt}}}'), expected: [] },
    { title: 'an empty key is the usual one', input: bot('{security: {caBundle: {secretName: a, key: ""}}}'), expected: [] },
    { title: 'POD-326 ARD-156 one source', input: bot('{security: {caBundle: {configMapName: a}}}'), expected: [] },
  ],
  'reference-key-missing': [
    {
      title: 'a variable that no Secret has',
      input: documents(bot('{env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: b}}}]}'), secret('keys', 'stringData: {a: ""}')),
      expected: ['error spec.env[0].valueFrom.secretKeyRef.key: Secret "keys" has no key "b"; expected a key that it has'],
    },
    {
      title: 'a token under another key',
      input: documents(bot('{gateway: {existingSecret: keys}}'), secret('keys', 'stringData: {password: ""}')),
      expected: ['error spec.gateway.existingSecret: Secret "keys" has no key "token"; expected a key that it has'],
    },
    {
      title: 'a ConfigMap, in a sidecar',
      input: documents(
        bot('{sidecars: [{name: a, image: b, env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: b}}}]}]}'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: agents}\ndata: {a: ""}\n',
      ),
      expected: [
        'error spec.sidecars[0].env[0].valueFrom.configMapKeyRef.key: ConfigMap "settings" has no key "b"; expected a key that it has',
      ],
    },
    {
      title: 'a SealedSecret has keys too',
      input: documents(bot('{env: [{name: B, valueFrom: {secretKeyRef: {name: keys, key: B}}}]}'), SEALED),
      expected: ['error spec.env[0].valueFrom.secretKeyRef.key: Secret "keys" has no key "B"; expected a key that it has'],
    },
    {
      title: 'an ExternalSecret that names its keys',
      input: documents(
        bot('{env: [{name: B, valueFrom: {secretKeyRef: {name: keys, key: B}}}]}'),
        `${EXTERNAL}spec: {data: [{secretKey: A}]}\n`,
      ),
      expected: ['error spec.env[0].valueFrom.secretKeyRef.key: Secret "keys" has no key "B"; expected a key that it has'],
    },
    {
      title: 'an ExternalSecret whose store decides',
      input: documents(bot('{env: [{name: B, valueFrom: {secretKeyRef: {name: keys, key: B}}}]}'), `${EXTERNAL}spec: {dataFrom: []}\n`),
      expected: [],
    },
    {
      title: 'a CA bundle without its key',
      input: documents(
        bot('{security: {caBundle: {configMapName: ca}}}'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ca, namespace: agents}\ndata: {tls.crt: ""}\n',
      ),
      expected: ['error spec.security.caBundle.key: ConfigMap "ca" has no key "ca-bundle.crt"; expected a key that it has'],
    },
    {
      title: 'a CA bundle with its key',
      input: documents(bot('{security: {caBundle: {secretName: ca, key: ca.pem}}}'), secret('ca', 'stringData: {ca.pem: ""}')),
      expected: [],
    },
    {
      title: 'optional, or outside of the input',
      input: documents(
        bot(
          '{env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: b, optional: true}}}, {name: B, valueFrom: {secretKeyRef: {name: others, key: b}}}]}',
        ),
        secret('keys', 'stringData: {a: ""}'),
      ),
      expected: [],
    },
  ],
  'secret-in-git': [
    {
      title: 'a Secret with values that the agent reads',
      input: documents(bot('{envFrom: [{secretRef: {name: keys}}]}'), secret('keys', 'stringData: {A: secret-value}')),
      expected: [
        'warning spec.envFrom[0].secretRef.name: Secret "keys" stands in clear in Secret/keys:1; expected its values outside of Git, or encrypted',
      ],
    },
    {
      title: 'each Secret once, whoever reads it',
      input: documents(
        bot(`{envFrom: [{secretRef: {name: keys}}], env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: A}}}], gateway: {existingSecret: token},
          extraVolumes: [{name: a, secret: {secretName: files}}, {name: b, projected: {sources: [{secret: {name: more}}]}}]}`),
        secret('keys', 'data: {A: c2VjcmV0}'),
        secret('token', 'stringData: {token: x}'),
        secret('files', 'stringData: {a: x}'),
        secret('more', 'stringData: {a: x}'),
      ),
      expected: [
        'warning spec.envFrom[0].secretRef.name: Secret "keys" stands in clear in Secret/keys:1; expected its values outside of Git, or encrypted',
        'warning spec.extraVolumes[0].secret.secretName: Secret "files" stands in clear in Secret/files:1; expected its values outside of Git, or encrypted',
        'warning spec.extraVolumes[1].projected.sources[0].secret.name: Secret "more" stands in clear in Secret/more:1; expected its values outside of Git, or encrypted',
        'warning spec.gateway.existingSecret: Secret "token" stands in clear in Secret/token:1; expected its values outside of Git, or encrypted',
      ],
    },
    {
      title: 'without values, or read by nobody',
      input: documents(bot('{envFrom: [{secretRef: {name: keys}}]}'), secret('keys', 'data: {}'), secret('others', 'stringData: {A: x}')),
      expected: [],
    },
    { title: 'sealed', input: documents(bot('{envFrom: [{secretRef: {name: keys}}]}'), SEALED), expected: [] },
    {
      title: 'encrypted with SOPS',
      input: documents(bot('{envFrom: [{secretRef: {name: keys}}]}'), secret('keys', 'stringData: {A: "ENC[x]"}\nsops: {mac: x}')),
      expected: [],
    },
  ],
  'secret-sops': [
    {
      title: 'encrypted with SOPS',
      input: documents(bot('{envFrom: [{secretRef: {name: keys}}]}'), secret('keys', 'stringData: {A: "ENC[x]"}\nsops: {mac: x}')),
      expected: [
        'warning spec.envFrom[0].secretRef.name: Secret "keys" is encrypted with SOPS, which Argo CD does not decrypt; expected a SealedSecret or an ExternalSecret there',
      ],
    },
    {
      title: 'in clear',
      input: documents(bot('{envFrom: [{secretRef: {name: keys}}]}'), secret('keys', 'stringData: {A: x}')),
      expected: [],
    },
  ],
};
