/** Labels of rendered objects: name and instance are exactly the operator's, since a StatefulSet's selector can never change. */
export type Labels = Readonly<Record<string, string>>;

export const MANAGED_BY = 'openclaw-gitops';

/** What Services, NetworkPolicies and the StatefulSet select the agent's pod by. */
export function selectorLabels(instance: string): Labels {
  return { 'app.kubernetes.io/name': 'openclaw', 'app.kubernetes.io/instance': instance };
}

/** On every rendered object and on the agent's pod. */
export function standardLabels(instance: string): Labels {
  return { ...selectorLabels(instance), 'app.kubernetes.io/managed-by': MANAGED_BY };
}

/** On the pods of the secrets Job: nothing that selects the agent may select them, and label tracking must not claim them. */
export function secretsJobPodLabels(instance: string): Labels {
  return { 'app.kubernetes.io/name': 'openclaw-secrets', 'app.kubernetes.io/managed-by': MANAGED_BY, 'openclaw.rocks/instance': instance };
}

/** On claims that the StatefulSet makes: its templates can never change, so that the operator's name stays on those of its instances. */
export function claimTemplateLabels(instance: string): Labels {
  return { ...selectorLabels(instance), 'app.kubernetes.io/managed-by': 'openclaw-operator' };
}
