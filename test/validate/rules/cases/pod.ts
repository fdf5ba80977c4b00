/** What the API server refuses in containers and volumes of the user. */
import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const sidecar = (fields: string): string => bot(`{sidecars: [{name: side, image: b, ${fields}}]}`);
const init = (fields: string): string => bot(`{initContainers: [{name: first, image: b, ${fields}}]}`);
const volume = (source: string): string => bot(`{extraVolumes: [{name: extra, ${source}}]}`);

const SIDE = 'error spec.sidecars[0]';
const VOLUME = 'error spec.extraVolumes[0]';

export const POD_CASES: RuleCases = {
  'control-character': [
    {
      title: 'in variables, arguments and annotations, by their places and without their text',
      input: bot(
        '{env: [{name: A, value: "hunter2\\x7f"}], chromium: {extraEnv: [{name: B, value: "\\u0085"}]}, sidecars: [{name: a, image: b, args: [x, "\\uFFFE"], env: [{name: C, value: "\\u2028"}]}], podAnnotations: {a: "\\uFFFF"}}',
      ),
      expected: [
        'warning spec.sidecars[0].args[1]: there is a U+FFFE in the text; expected none of U+007F to U+009F, U+2028, U+2029, U+FFFE and U+FFFF',
        'warning spec.podAnnotations.a: there is a U+FFFF in the text; expected none of U+007F to U+009F, U+2028, U+2029, U+FFFE and U+FFFF',
        'warning spec.env[0].value: there is a U+007F in the text; expected none of U+007F to U+009F, U+2028, U+2029, U+FFFE and U+FFFF',
        'warning spec.sidecars[0].env[0].value: there is a U+2028 in the text; expected none of U+007F to U+009F, U+2028, U+2029, U+FFFE and U+FFFF',
        'warning spec.chromium.extraEnv[0].value: there is a U+0085 in the text; expected none of U+007F to U+009F, U+2028, U+2029, U+FFFE and U+FFFF',
      ],
    },
    {
      title: 'not for what arrives: other controls, emoji, and files',
      input: bot(
        '{env: [{name: A, value: "\\x01\\uFEFF😀\\u00a0"}], workspace: {initialFiles: {a.md: "\\x7f"}}, config: {raw: {agents: {defaults: {userTimezone: "\\x7f"}}}}}',
      ),
      expected: [],
    },
  ],
  'annotations-too-large': [
    {
      title: 'more than fits',
      input: bot(`{podAnnotations: {a: ${'é'.repeat(131_000)}}}`),
      expected: ['error spec.podAnnotations: the annotations have 262001 bytes; expected at most 260096'],
    },
    { title: 'what fits', input: bot(`{podAnnotations: {a: ${'b'.repeat(260_000)}}}`), expected: [] },
  ],
  'probe-syntax': [
    {
      title: 'a sleep that is longer than the end of the pod, by a second',
      input: sidecar('lifecycle: {preStop: {sleep: {seconds: 331}}, postStart: {sleep: {seconds: 330}}}'),
      expected: [`${SIDE}.lifecycle.preStop.sleep.seconds: 331 seconds are more than the pod has to end; expected 330 at most`],
    },
    {
      title: 'two actions, none, and no command',
      input: sidecar(
        'livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 1}}, readinessProbe: {}, startupProbe: {exec: {}}, lifecycle: {preStop: {exec: {command: [a]}, sleep: {seconds: 1}}}',
      ),
      expected: [
        `${SIDE}.livenessProbe: "livenessProbe" has "exec" and "tcpSocket"; expected one of "exec", "httpGet" and the like`,
        `${SIDE}.readinessProbe: "readinessProbe" does nothing; expected one of "exec", "httpGet" and the like`,
        `${SIDE}.startupProbe.exec: "startupProbe" has no command; expected a list with the program first`,
        `${SIDE}.lifecycle.preStop: "preStop" has "exec" and "sleep"; expected one of "exec", "httpGet" and the like`,
      ],
    },
    {
      title: 'fields that a probe does not have',
      input: sidecar(
        'livenessProbe: {successThreshold: 2, tcpSocket: {port: "80"}}, readinessProbe: {terminationGracePeriodSeconds: 5, httpGet: {port: 80, httpHeaders: [{name: a b, value: c}]}}',
      ),
      expected: [
        `${SIDE}.livenessProbe.tcpSocket.port: "80" is no port; expected a number from 1 to 65535, or the name of a port`,
        `${SIDE}.livenessProbe.successThreshold: 2 successes are asked of "livenessProbe"; expected 1`,
        `${SIDE}.readinessProbe.httpGet.httpHeaders[0].name: "a b" is not the name of a header; expected letters, digits and "-"`,
        `${SIDE}.readinessProbe.terminationGracePeriodSeconds: "readinessProbe" ends no container; expected no "terminationGracePeriodSeconds" in it`,
      ],
    },
    {
      title: 'probes of a container that runs once',
      input: init('livenessProbe: {tcpSocket: {port: 80}}, lifecycle: {preStop: {exec: {command: [a]}}}'),
      expected: [
        'error spec.initContainers[0].livenessProbe: init container "first" has "livenessProbe"; expected none without "restartPolicy: Always"',
        'error spec.initContainers[0].lifecycle: init container "first" has "lifecycle"; expected none without "restartPolicy: Always"',
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: init(
        'restartPolicy: Always, livenessProbe: {successThreshold: 0, httpGet: {port: web, httpHeaders: [{name: X-A, value: b}]}}, lifecycle: {preStop: {sleep: {seconds: 1}}}',
      ),
      expected: [],
    },
  ],
  'container-resources': [
    {
      title: 'huge pages in parts, and of no size',
      input: sidecar(
        'resources: {limits: {memory: 1Gi, hugepages-2Mi: 3Mi, hugepages-big: 1Gi}, requests: {hugepages-2Mi: 3Mi, hugepages-big: 1Gi}}',
      ),
      expected: ['requests', 'limits'].flatMap((list) => [
        `error spec.sidecars[0].resources.${list}.hugepages-2Mi: "3Mi" of "hugepages-2Mi" is not a whole number of pages; expected one`,
        `error spec.sidecars[0].resources.${list}.hugepages-big: "hugepages-big" has no size of a page; expected a name such as "hugepages-2Mi"`,
      ]),
    },
    {
      title: 'whole huge pages, or none',
      input: sidecar('resources: {limits: {memory: 1Gi, hugepages-2Mi: 4Mi, hugepages-1Gi: 0}}'),
      expected: [],
    },
    {
      title: 'a resource that nobody knows',
      input: sidecar('resources: {limits: {foo: 1}}'),
      expected: [
        `${SIDE}.resources.limits.foo: "foo" is no resource of a container; expected "cpu", "memory" or a name such as "nvidia.com/gpu"`,
      ],
    },
    {
      title: 'a device without limit, with another one, and a part of one',
      input: sidecar('resources: {requests: {a.example/x: 1, a.example/y: 1}, limits: {a.example/y: 2, a.example/z: 500m}}'),
      expected: [
        `${SIDE}.resources.limits["a.example/z"]: "500m" of "a.example/z" is not a whole number; expected one such as "1"`,
        `${SIDE}.resources.requests["a.example/x"]: "a.example/x" has no limit; expected the same amount in "limits"`,
        `${SIDE}.resources.requests["a.example/y"]: "a.example/y" has another limit; expected the same amount in "limits"`,
      ],
    },
    {
      title: 'resizing of what cannot be, and twice of what can',
      input: sidecar(
        'resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}, {resourceName: disk, restartPolicy: NotRequired}, {resourceName: cpu, restartPolicy: RestartContainer}, {resourceName: memory, restartPolicy: RestartContainer}]',
      ),
      expected: [
        `${SIDE}.resizePolicy[1].resourceName: "disk" cannot be resized; expected "cpu" or "memory"`,
        `${SIDE}.resizePolicy[2].resourceName: "cpu" has an entry already; expected one for each`,
      ],
    },
    {
      title: 'huge pages alone, and claims',
      input: sidecar('resources: {limits: {hugepages-2Mi: 2Mi}, claims: [{name: a}]}'),
      expected: [
        `${SIDE}.resources: huge pages are asked for without "cpu" and "memory"; expected one of the two beside them`,
        `${SIDE}.resources.claims: the container has 1 resource claims, and the pod none; expected no "claims"`,
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: sidecar('resources: {requests: {cpu: 1, ephemeral-storage: 1Gi}, limits: {nvidia.com/gpu: 1, hugepages-2Mi: 2Mi}}'),
      expected: [],
    },
  ],
  'field-reference': [
    {
      title: 'fields and amounts that are none',
      input: sidecar(
        'env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}, {name: B, valueFrom: {resourceFieldRef: {resource: limits.foo}}}]',
      ),
      expected: [
        `${SIDE}.env[0].valueFrom.fieldRef.fieldPath: "metadata.labels" is no field of a pod that can be read here; expected one such as "metadata.name"`,
        `${SIDE}.env[1].valueFrom.resourceFieldRef.resource: "limits.foo" is no amount of a container; expected one such as "limits.memory"`,
      ],
    },
    {
      title: 'in files',
      input: volume(
        'downwardAPI: {items: [{path: a, fieldRef: {fieldPath: status.podIP}}, {path: b, resourceFieldRef: {resource: limits.cpu}}, {path: c}]}',
      ),
      expected: [
        `${VOLUME}.downwardAPI.items[0].fieldRef.fieldPath: "status.podIP" is no field of a pod that can be read here; expected one such as "metadata.name"`,
        `${VOLUME}.downwardAPI.items[1].resourceFieldRef: the amount is of no container; expected "containerName"`,
        `${VOLUME}.downwardAPI.items[2]: the file shows nothing; expected "fieldRef" or "resourceFieldRef"`,
      ],
    },
    {
      title: 'units and versions that are none',
      input: sidecar(
        'env: [{name: A, valueFrom: {fieldRef: {apiVersion: v2, fieldPath: metadata.name}}}, {name: B, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1k}}}, {name: C, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1m}}}]',
      ),
      expected: [
        `${SIDE}.env[0].valueFrom.fieldRef.apiVersion: "v2" is no version of a pod; expected "v1"`,
        `${SIDE}.env[1].valueFrom.resourceFieldRef.divisor: "1k" is no unit of "limits.cpu"; expected one of "1m", "1"`,
        `${SIDE}.env[2].valueFrom.resourceFieldRef.divisor: "1m" is no unit of "limits.memory"; expected one of "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"`,
      ],
    },
    {
      title: 'units that would count the same, in files',
      input: volume(
        'downwardAPI: {items: [{path: a, resourceFieldRef: {containerName: a, resource: limits.memory, divisor: 1024Ki}}, {path: b, fieldRef: {apiVersion: "v1 ", fieldPath: metadata.name}}]}',
      ),
      expected: [
        `${VOLUME}.downwardAPI.items[0].resourceFieldRef.divisor: "1024Ki" is no unit of "limits.memory"; expected one of "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"`,
        `${VOLUME}.downwardAPI.items[1].fieldRef.apiVersion: "v1 " is no version of a pod; expected "v1"`,
      ],
    },
    {
      title: 'units and versions that Kubernetes accepts',
      input: sidecar(
        'env: [{name: A, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}, {name: B, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}, {name: C, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}, {name: D, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 0}}}]',
      ),
      expected: [],
    },
    {
      title: 'what Kubernetes accepts',
      input: sidecar(
        `env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['a/b']"}}}, {name: B, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}, {name: C, valueFrom: {resourceFieldRef: {resource: requests.hugepages-2Mi}}}]`,
      ),
      expected: [],
    },
  ],
  'security-context-conflict': [
    {
      title: "CAP_SYS_ADMIN for the agent's container",
      input: bot('{security: {containerSecurityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}}}'),
      expected: [
        'error spec.security.containerSecurityContext.capabilities.add[0]: "CAP_SYS_ADMIN" is added and "allowPrivilegeEscalation" is false; expected one of the two',
      ],
    },
    {
      title: 'a privileged container without escalation',
      input: sidecar('securityContext: {privileged: true, allowPrivilegeEscalation: false}'),
      expected: [
        `${SIDE}.securityContext.allowPrivilegeEscalation: "privileged" is true and "allowPrivilegeEscalation" is false; expected one of the two`,
      ],
    },
    {
      title: 'mounts that ask for more than their container has',
      input: sidecar(
        'volumeMounts: [{name: a, mountPath: /a, mountPropagation: Bidirectional}, {name: b, mountPath: /b, recursiveReadOnly: Enabled}]',
      ),
      expected: [
        `${SIDE}.volumeMounts[0].mountPropagation: "Bidirectional" is asked for by a container that is not privileged; expected "HostToContainer" or "None"`,
        `${SIDE}.volumeMounts[1].recursiveReadOnly: "Enabled" is asked for without "readOnly: true"; expected both`,
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: sidecar(
        'securityContext: {privileged: true}, volumeMounts: [{name: a, mountPath: /a, mountPropagation: Bidirectional}, {name: b, mountPath: /b, readOnly: true, recursiveReadOnly: Enabled}]',
      ),
      expected: [],
    },
  ],
  'volume-files': [
    {
      title: 'paths out of the volume and out of the node',
      input: bot(
        '{extraVolumes: [{name: a, configMap: {name: a, items: [{key: a, path: ../b}]}}, {name: b, hostPath: {path: /a/../b}}, {name: c, nfs: {server: a, path: b}}]}',
      ),
      expected: [
        `${VOLUME}.configMap.items[0].path: "../b" leads out of the volume; expected a relative path without ".."`,
        'error spec.extraVolumes[1].hostPath.path: "/a/../b" is not a path of the node; expected one without ".."',
        'error spec.extraVolumes[2].nfs.path: "b" is not an absolute path; expected one that starts with "/"',
      ],
    },
    {
      title: 'sources that are nowhere',
      input: bot(
        '{extraVolumes: [{name: a, nfs: {server: "", path: /a}}, {name: b, csi: {driver: ""}}, {name: c, azureFile: {secretName: a, shareName: ""}}, {name: d, nfs: {server: a, path: /a}}]}',
      ),
      expected: [
        'error spec.extraVolumes[0].nfs.server: nfs has an empty "server"; expected where the volume is',
        'error spec.extraVolumes[1].csi.driver: csi has an empty "driver"; expected where the volume is',
        'error spec.extraVolumes[2].azureFile.shareName: azureFile has an empty "shareName"; expected where the volume is',
      ],
    },
    {
      title: 'a projected source that is two, and a path that is taken',
      input: volume(
        'projected: {sources: [{configMap: {name: a, items: [{key: a, path: x}]}, secret: {name: b, items: [{key: a, path: x}]}}]}',
      ),
      expected: [
        `${VOLUME}.projected.sources[0]: the source has "configMap" and "secret"; expected one of them`,
        `${VOLUME}.projected.sources[0].secret.items[0].path: "x" is a file of the volume already; expected each path once`,
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: volume('projected: {sources: [{configMap: {name: a, items: [{key: a, path: x/a..b}]}}, {serviceAccountToken: {path: y}}]}'),
      expected: [],
    },
  ],
  'volume-files-overlap': [
    {
      title: 'a file in the place of a directory, either first, and one place twice',
      input: volume(
        'downwardAPI: {items: [{path: a/b, fieldRef: {fieldPath: metadata.uid}}, {path: a, fieldRef: {fieldPath: metadata.uid}}]}',
      ),
      expected: [
        'warning spec.extraVolumes[0].downwardAPI.items[1].path: "a" and "a/b" cannot both be files, so that the volume is never mounted; expected none to be the directory of another',
      ],
    },
    {
      title: 'in each kind of source',
      input: bot(
        '{extraVolumes: [{name: a, configMap: {name: a, items: [{key: a, path: a}, {key: b, path: a}]}}, {name: b, secret: {secretName: a, items: [{key: a, path: a}, {key: b, path: a/b}]}}, {name: c, projected: {sources: [{configMap: {name: a, items: [{key: a, path: token}]}}, {serviceAccountToken: {path: token/}}]}}]}',
      ),
      expected: [
        'warning spec.extraVolumes[0].configMap.items[1].path: "a" is a file of the volume already, so that one of both is lost; expected each path once',
        'warning spec.extraVolumes[1].secret.items[1].path: "a/b" and "a" cannot both be files, so that the volume is never mounted; expected none to be the directory of another',
        'warning spec.extraVolumes[2].projected.sources[1].serviceAccountToken.path: "token/" is a file of the volume already, so that one of both is lost; expected each path once',
      ],
    },
    {
      title: 'one place that is written in several ways',
      input: volume(
        'secret: {secretName: a, items: [{key: a, path: a/b}, {key: b, path: a//b}, {key: c, path: ./a/./b}, {key: d, path: ./a}]}',
      ),
      expected: [
        'warning spec.extraVolumes[0].secret.items[1].path: "a//b" is a file of the volume already, so that one of both is lost; expected each path once',
        'warning spec.extraVolumes[0].secret.items[2].path: "./a/./b" is a file of the volume already, so that one of both is lost; expected each path once',
        'warning spec.extraVolumes[0].secret.items[3].path: "./a" and "a/b" cannot both be files, so that the volume is never mounted; expected none to be the directory of another',
      ],
    },
    {
      title: 'names that only begin alike, and one place in two volumes',
      input: bot(
        '{extraVolumes: [{name: a, configMap: {name: a, items: [{key: a, path: a}, {key: b, path: ab/c}, {key: c, path: ab/cd}]}}, {name: b, configMap: {name: a, items: [{key: a, path: a/b}]}}]}',
      ),
      expected: [],
    },
    {
      title: 'what is an error of another rule',
      input: volume(
        'projected: {sources: [{configMap: {name: a, items: [{key: a, path: x}]}}, {secret: {name: b, items: [{key: a, path: x}]}}]}',
      ),
      expected: [],
    },
  ],
  'volume-source-empty': [
    {
      title: 'one that is empty beside one that is not',
      input: volume('projected: {sources: [{}, {configMap: {name: a}}]}'),
      expected: [
        'warning spec.extraVolumes[0].projected.sources[0]: the source is empty; expected one of "configMap", "secret", "downwardAPI", "serviceAccountToken" and "clusterTrustBundle"',
      ],
    },
    { title: 'none at all', input: volume('projected: {sources: []}'), expected: [] },
  ],
};
