import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agentPod, manifestsOf, objectOf } from '../../properties/rendered.ts';

const ON = { selfConfigure: { enabled: true, allowedActions: ['skills' as const] } };

function mainOf(objects: ReturnType<typeof manifestsOf>): NonNullable<ReturnType<typeof agentPod>['containers'][number]> {
  const main = agentPod(objects).containers.find(({ name }) => name === 'openclaw');
  assert.ok(main !== undefined);
  return main;
}

describe('self-configuration', () => {
  test('POD-094 instance name and namespace are in the environment, and only then', () => {
    const names = (spec: object): (string | undefined)[] =>
      ['OPENCLAW_INSTANCE_NAME', 'OPENCLAW_NAMESPACE'].map(
        (name) => mainOf(manifestsOf(spec)).env?.find((entry) => entry.name === name)?.value,
      );
    assert.deepEqual(names(ON), ['bot', 'agents']);
    assert.deepEqual(names({}), [undefined, undefined]);
  });

  test('POD-027 ARD-031 the token is mounted into the agent alone', () => {
    const pod = agentPod(manifestsOf({ ...ON, sidecars: [{ name: 'echo', image: 'busybox:1.37' }] }));
    assert.equal(pod.automountServiceAccountToken, false);
    const holders = [...pod.containers, ...(pod.initContainers ?? [])].filter(({ volumeMounts = [] }) =>
      volumeMounts.some(({ name }) => name === 'api-access'),
    );
    assert.deepEqual(
      holders.map(({ name }) => name),
      ['openclaw'],
    );
  });

  test('ARD-034 ARD-035 its rights are its configuration and its mailbox', () => {
    const role = objectOf(manifestsOf(ON), 'Role', 'bot');
    assert.deepEqual(role['rules'], [
      { apiGroups: [''], resourceNames: ['bot-config'], resources: ['configmaps'], verbs: ['get'] },
      { apiGroups: [''], resourceNames: ['bot-self-config'], resources: ['configmaps'], verbs: ['get', 'patch'] },
    ]);
  });

  test('the mailbox is rendered without data, so that nobody takes requests away', () => {
    const mailbox = objectOf(manifestsOf(ON), 'ConfigMap', 'bot-self-config');
    assert.ok(!('data' in mailbox) && !('binaryData' in mailbox));
  });

  test('what the agent may ask for is judged elsewhere and changes no pod', () => {
    const all = { selfConfigure: { enabled: true, allowedActions: ['skills' as const, 'config' as const] } };
    assert.deepEqual(agentPod(manifestsOf(all)), agentPod(manifestsOf(ON)));
  });

  test('disk readiness shares the programs with it', () => {
    const mounts = mainOf(manifestsOf({ ...ON, probes: { diskReadiness: { enabled: true } } })).volumeMounts ?? [];
    assert.equal(mounts.filter(({ mountPath }) => mountPath === '/opt/openclaw-gitops').length, 1);
  });
});
