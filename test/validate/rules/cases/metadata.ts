import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const named = (name: string): string => bot('{}').replace('name: bot', `name: ${name}`);
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: bot-gateway-token, namespace: agents}\n';
const SEALED = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: bot-gateway-token, namespace: agents}
spec: {encryptedData: {token: AgB}}
`;
const EXTERNAL = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: store, namespace: agents}
spec: {target: {name: bot-gateway-token}, dataFrom: []}
`;

export const METADATA_CASES: RuleCases = {
  'instance-name': [
    {
      title: 'D35 a name that leaves no room for the revision of the StatefulSet is refused',
      input: named('b'.repeat(53)),
      expected: [
        `error metadata.name: "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…" has 53 characters; expected at most 52, which leaves room for the StatefulSet's revision`,
      ],
    },
    { title: 'D35 52 characters are enough', input: named('b'.repeat(52)), expected: [] },
    {
      title: 'a Service must start with a letter',
      input: named('1bot'),
      expected: ['error metadata.name: "1bot" cannot name a Service; expected lower-case letters, digits and "-", a letter first'],
    },
    {
      title: 'a Service has no dot',
      input: named('bot.one'),
      expected: ['error metadata.name: "bot.one" cannot name a Service; expected lower-case letters, digits and "-", a letter first'],
    },
  ],
  'instance-namespace': [
    {
      title: 'an instance without a namespace is refused',
      input: 'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot}\n',
      expected: ['error metadata.namespace: OpenClawInstance "bot" has no namespace; expected one'],
    },
    {
      title: 'an option may name it',
      input: 'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot}\n',
      options: { namespace: 'agents' },
      expected: [],
    },
    {
      title: 'what the option names must be a namespace',
      input: 'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot}\n',
      options: { namespace: 'My Agents' },
      expected: ['error metadata.namespace: "My Agents" cannot name a namespace; expected at most 63 lower-case letters, digits and "-"'],
    },
  ],
  'object-name-taken': [
    {
      title: 'the Secret of the token in the input as well',
      input: documents(bot('{}'), SECRET),
      expected: [
        'error metadata.name: Secret "bot-gateway-token" of this instance is also made by the Secret at Secret/bot-gateway-token:1; expected one owner',
      ],
    },
    {
      title: 'a SealedSecret becomes the Secret',
      input: documents(bot('{}'), SEALED),
      expected: [
        'error metadata.name: Secret "bot-gateway-token" of this instance is also made by the SealedSecret at SealedSecret/bot-gateway-token:1; expected one owner',
      ],
    },
    {
      title: 'an ExternalSecret names its target',
      input: documents(bot('{}'), EXTERNAL),
      expected: [
        'error metadata.name: Secret "bot-gateway-token" of this instance is also made by the ExternalSecret at ExternalSecret/store:1; expected one owner',
      ],
    },
    {
      title: 'the Secret of the token, and it is used',
      input: documents(bot('{gateway: {existingSecret: bot-gateway-token}}'), SECRET),
      expected: [],
    },
    {
      title: 'an instance that is called like the Job of another',
      input: documents(named('bot'), named('bot-secrets')),
      expected: [
        'error metadata.name: ServiceAccount "bot-secrets" of this instance is also rendered for OpenClawInstance "bot"; expected one owner',
        'error metadata.name: NetworkPolicy "bot-secrets" of this instance is also rendered for OpenClawInstance "bot"; expected one owner',
      ],
    },
    {
      title: 'the configuration of one is the mailbox of another',
      input: documents(bot('{selfConfigure: {enabled: true}}'), named('bot-self')),
      expected: [
        'error metadata.name: ConfigMap "bot-self-config" of this instance is also rendered for OpenClawInstance "bot"; expected one owner',
      ],
    },
    {
      title: 'a Role and an autoscaler of the user',
      input: documents(
        bot('{selfConfigure: {enabled: true}, availability: {autoScaling: {enabled: true, maxReplicas: 3}}}'),
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: bot, namespace: agents}\nrules: []\n',
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: bot, namespace: agents}\nspec: {}\n',
      ),
      expected: [
        'error metadata.name: Role "bot" of this instance is also made by the Role at Role/bot:1; expected one owner',
        'error metadata.name: HorizontalPodAutoscaler "bot" of this instance is also made by the HorizontalPodAutoscaler at HorizontalPodAutoscaler/bot:1; expected one owner',
      ],
    },
    {
      title: 'two instances that render one account',
      input: documents(
        bot('{security: {rbac: {serviceAccountName: shared}}}'),
        named('cat').replace('spec: {}', 'spec: {security: {rbac: {serviceAccountName: shared}}}'),
      ),
      expected: [
        'error metadata.name: ServiceAccount "shared" of this instance is also rendered for OpenClawInstance "bot"; expected one owner',
      ],
    },
    {
      title: 'the same names in two namespaces',
      input: documents(bot('{}'), named('bot-secrets').replace('namespace: agents', 'namespace: others')),
      expected: [],
    },
    {
      title: 'the same name of another kind, and of another API group',
      input: documents(
        bot('{}'),
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: bot, namespace: agents}\n',
        'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: bot, namespace: agents}\n',
      ),
      expected: [],
    },
    {
      title: 'an object without a namespace lands where the instance without one does',
      input: documents(
        'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot}\n',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bot-config}\n',
      ),
      options: { namespace: 'agents' },
      expected: [
        'error metadata.name: ConfigMap "bot-config" of this instance is also made by the ConfigMap at ConfigMap/bot-config:1; expected one owner',
      ],
    },
  ],
  'annotation-unknown': [
    {
      title: 'a misspelt name, and one that is like none',
      input: bot('{}', 'annotations: {gitops.openclaw.rocks/config-rolout: restart-only, gitops.openclaw.rocks/colour: red}'),
      expected: [
        'warning metadata.annotations["gitops.openclaw.rocks/config-rolout"]: "gitops.openclaw.rocks/config-rolout" is read by nothing; expected an annotation that is known',
        'warning metadata.annotations["gitops.openclaw.rocks/colour"]: "gitops.openclaw.rocks/colour" is read by nothing; expected an annotation that is known',
      ],
    },
    {
      title: 'those that are known, and those of others',
      input: bot(
        '{}',
        'annotations: {gitops.openclaw.rocks/openclaw-version: 2026.9.6, example.com/colour: red, openclaw.rocks/skip-backup: "true"}',
      ),
      expected: [],
    },
  ],
  'annotation-key': [
    {
      title: 'a key with a blank',
      input: bot('{podAnnotations: {"my note": "1"}}'),
      expected: [
        'error spec.podAnnotations["my note"]: "my note" is not the key of an annotation; expected a form such as "example.com/name"',
      ],
    },
    {
      title: 'keys in every map of annotations',
      input: bot(`{
        networking: {service: {annotations: {"a/b/c": ""}}, ingress: {annotations: {"-x": ""}}, httpRoute: {annotations: {"x/": ""}}},
        security: {rbac: {serviceAccountAnnotations: {"/x": ""}}}}`),
      expected: [
        'error spec.networking.service.annotations["a/b/c"]: "a/b/c" is not the key of an annotation; expected a form such as "example.com/name"',
        'error spec.networking.ingress.annotations.-x: "-x" is not the key of an annotation; expected a form such as "example.com/name"',
        'error spec.networking.httpRoute.annotations["x/"]: "x/" is not the key of an annotation; expected a form such as "example.com/name"',
        'error spec.security.rbac.serviceAccountAnnotations["/x"]: "/x" is not the key of an annotation; expected a form such as "example.com/name"',
      ],
    },
    {
      title: 'keys that Kubernetes takes',
      input: bot('{podAnnotations: {"example.com/Note_1": "any text at all", plain: ""}}'),
      expected: [],
    },
  ],
  'label-syntax': [
    {
      title: 'a node selector with a blank in its value',
      input: bot('{availability: {nodeSelector: {pool: "big nodes"}}}'),
      expected: ['error spec.availability.nodeSelector.pool: "big nodes" is not the value of a label; expected a single word'],
    },
    {
      title: 'keys and values of the monitoring objects',
      input: bot(`{observability: {metrics: {
        serviceMonitor: {labels: {"a b": x}}, prometheusRule: {labels: {team: "-x"}}, grafanaDashboard: {labels: {"x.": y}}}}}`),
      expected: [
        'error spec.observability.metrics.serviceMonitor.labels["a b"]: "a b" is not the key of a label; expected a form such as "example.com/name"',
        'error spec.observability.metrics.prometheusRule.labels.team: "-x" is not the value of a label; expected a single word',
        'error spec.observability.metrics.grafanaDashboard.labels["x."]: "x." is not the key of a label; expected a form such as "example.com/name"',
      ],
    },
    {
      title: 'labels that Kubernetes takes',
      input: bot('{availability: {nodeSelector: {"kubernetes.io/os": linux, gpu: ""}}}'),
      expected: [],
    },
  ],
  'pod-annotation-overwritten': [
    {
      title: 'a hash of ours',
      input: bot('{podAnnotations: {openclaw.rocks/config-hash: "1"}}'),
      expected: [
        'warning spec.podAnnotations["openclaw.rocks/config-hash"]: "openclaw.rocks/config-hash" is overwritten with a hash of what the pod mounts; expected another key',
      ],
    },
    { title: 'any other key', input: bot('{podAnnotations: {openclaw.rocks/note: "1"}}'), expected: [] },
  ],
  'reference-name': [
    {
      title: 'a Secret that cannot exist',
      input: bot('{envFrom: [{secretRef: {name: My_Keys}}]}'),
      expected: ['error spec.envFrom[0].secretRef.name: "My_Keys" cannot be the name of an object; expected a name such as "bot-keys"'],
    },
    {
      title: 'variables of the browser and of a sidecar, and the class of its claim',
      input:
        bot(`{chromium: {enabled: true, extraEnv: [{name: A, valueFrom: {configMapKeyRef: {name: a b, key: a}}}], persistence: {enabled: true, storageClass: "Fast one"}},
        sidecars: [{name: a, image: b, env: [{name: A, valueFrom: {secretKeyRef: {name: é, key: a}}}]}]}`),
      expected: [
        'error spec.chromium.persistence.storageClass: "Fast one" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.sidecars[0].env[0].valueFrom.secretKeyRef.name: "é" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.chromium.extraEnv[0].valueFrom.configMapKeyRef.name: "a b" cannot be the name of an object; expected a name such as "bot-keys"',
      ],
    },
    {
      title: 'all variables of an object, for a sidecar and an init container, and the Secret of a driver',
      input:
        bot(`{sidecars: [{name: a, image: b, envFrom: [{secretRef: {name: My_Keys, optional: true}}, {configMapRef: {}}]}], initContainers: [{name: c, image: b, envFrom: [{configMapRef: {name: ""}}]}],
        extraVolumes: [{name: d, csi: {driver: a.test, nodePublishSecretRef: {name: S}}}, {name: e, csi: {driver: a.test, nodePublishSecretRef: {}}}]}`),
      expected: [
        'error spec.sidecars[0].envFrom[1].configMapRef: the reference has no name; expected the name of an object',
        'error spec.extraVolumes[1].csi.nodePublishSecretRef: the reference has no name; expected the name of an object',
        'error spec.sidecars[0].envFrom[0].secretRef.name: "My_Keys" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.initContainers[0].envFrom[0].configMapRef.name: "" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.extraVolumes[0].csi.nodePublishSecretRef.name: "S" cannot be the name of an object; expected a name such as "bot-keys"',
      ],
    },
    {
      title: 'references without a name',
      input: bot('{envFrom: [{secretRef: {}}, {configMapRef: {name: ""}}], env: [{name: A, valueFrom: {secretKeyRef: {key: a}}}]}'),
      expected: [
        'error spec.envFrom[0].secretRef: the reference has no name; expected the name of an object',
        'error spec.envFrom[1].configMapRef.name: "" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.env[0].valueFrom.secretKeyRef.name: "" cannot be the name of an object; expected a name such as "bot-keys"',
      ],
    },
    {
      title: 'sources of volumes',
      input:
        bot(`{extraVolumes: [{name: a, persistentVolumeClaim: {claimName: ""}}, {name: b, secret: {secretName: S}}, {name: c, configMap: {name: A b}},
        {name: d, projected: {sources: [{configMap: {name: ok}}, {secret: {name: S}}]}}]}`),
      expected: [
        'error spec.extraVolumes[0].persistentVolumeClaim.claimName: "" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.extraVolumes[1].secret.secretName: "S" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.extraVolumes[2].configMap.name: "A b" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.extraVolumes[3].projected.sources[1].secret.name: "S" cannot be the name of an object; expected a name such as "bot-keys"',
      ],
    },
    {
      title: 'optional sources of volumes',
      input: bot(`{extraVolumes: [{name: a, secret: {secretName: S, optional: true}},
        {name: b, projected: {sources: [{configMap: {name: S, optional: true}}]}}]}`),
      expected: [],
    },
    {
      title: 'optional names, each in its place',
      input: bot(
        '{gateway: {existingSecret: A}, image: {pullSecrets: [{name: ok}, {name: b_b}]}, storage: {persistence: {storageClass: "Fast Disk"}}}',
      ),
      expected: [
        'error spec.gateway.existingSecret: "A" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.image.pullSecrets[1].name: "b_b" cannot be the name of an object; expected a name such as "bot-keys"',
        'error spec.storage.persistence.storageClass: "Fast Disk" cannot be the name of an object; expected a name such as "bot-keys"',
      ],
    },
    {
      title: 'an empty optional name is none',
      input: bot(
        '{gateway: {existingSecret: ""}, storage: {persistence: {existingClaim: "", storageClass: ""}}, envFrom: [{secretRef: {name: keys.v2}}]}',
      ),
      expected: [],
    },
    {
      title: 'a name from the cluster defaults is told there',
      input: documents(
        bot('{env: [{name: B, value: x}]}'),
        'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawClusterDefaults\nmetadata: {name: cluster}\nspec: {env: [{name: A, valueFrom: {secretKeyRef: {name: A_A, key: a}}}]}\n',
      ),
      expected: [
        'error OpenClawClusterDefaults/cluster spec.env[0].valueFrom.secretKeyRef.name: "A_A" cannot be the name of an object; expected a name such as "bot-keys"',
      ],
    },
  ],
};
