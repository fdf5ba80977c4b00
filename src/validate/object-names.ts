/**
 * Who renders or brings which object. Names derive from the instance's, so `a-secrets` can be an instance, the account of
 * instance `a`'s Job, or an object of the user's: whoever is applied last would win.
 */
import {
  alertsName,
  basicAuthName,
  basicAuthUsersSecretName,
  configMapName,
  dashboardName,
  dataClaimName,
  gatewayTokenSecretName,
  programsConfigMapName,
  rateLimitName,
  secretsJobAccountName,
  selfConfigConfigMapName,
  skillsConfigMapName,
  tailscaleStateSecretName,
  workspaceConfigMapName,
} from '../kube/names.ts';
import { isJsonObject, valueAt } from '../lib/json.ts';
import { PACK_PREFIX } from '../lib/pack-reference.ts';
import { nameOf, namespaceOf } from '../parse/classify.ts';
import type { SourceObject } from '../parse/source.ts';
import { resolveAutoScaling } from '../resolve/auto-scaling.ts';
import { resolveAvailability } from '../resolve/availability.ts';
import { resolveChromium } from '../resolve/chromium.ts';
import { resolveGateway } from '../resolve/gateway.ts';
import { resolveHttpRoute } from '../resolve/http-route.ts';
import { resolveIngress } from '../resolve/ingress.ts';
import type { Instance } from '../resolve/instance.ts';
import { resolveAlerts, resolveDashboard, resolveServiceMonitor } from '../resolve/metrics.ts';
import { resolveNetworkPolicy, resolveRbac } from '../resolve/security.ts';
import { resolveStorage } from '../resolve/storage.ts';
import type { RuleContext } from './rule.ts';
import { skillPlaces } from './skill-places.ts';

export interface ObjectName {
  readonly kind: string;
  readonly name: string;
}

/** Kinds we render, with their API group. */
const GROUPS: Readonly<Record<string, string>> = {
  ConfigMap: '',
  HTTPRoute: 'gateway.networking.k8s.io',
  HorizontalPodAutoscaler: 'autoscaling',
  Ingress: 'networking.k8s.io',
  Middleware: 'traefik.io',
  NetworkPolicy: 'networking.k8s.io',
  PersistentVolumeClaim: '',
  PodDisruptionBudget: 'policy',
  PrometheusRule: 'monitoring.coreos.com',
  Role: 'rbac.authorization.k8s.io',
  RoleBinding: 'rbac.authorization.k8s.io',
  Secret: '',
  Service: '',
  ServiceAccount: '',
  ServiceMonitor: 'monitoring.coreos.com',
  StatefulSet: 'apps',
};

const namesOf = new WeakMap<Instance, readonly ObjectName[]>();

/** The objects that an instance renders; the Job is left out, since a hash is part of its name. */
export function renderedNames(instance: Instance): readonly ObjectName[] {
  const known = namesOf.get(instance) ?? namesFor(instance);
  namesOf.set(instance, known);
  return known;
}

function namesFor(instance: Instance): ObjectName[] {
  const { name } = instance;
  const rbac = resolveRbac(instance);
  const asksForChanges = instance.spec.selfConfigure?.enabled === true;
  const storage = resolveStorage(instance);
  const names: ObjectName[] = [
    { kind: 'StatefulSet', name },
    { kind: 'Service', name },
    { kind: 'ConfigMap', name: configMapName(name) },
    { kind: 'ConfigMap', name: workspaceConfigMapName(name) },
    { kind: 'ConfigMap', name: programsConfigMapName(name) },
  ];
  if (skillPlaces(instance.spec).some(({ name: skill }) => skill.startsWith(PACK_PREFIX)))
    names.push({ kind: 'ConfigMap', name: skillsConfigMapName(name) });
  if (rbac.createsServiceAccount) {
    names.push({ kind: 'ServiceAccount', name: rbac.serviceAccountName });
    if (rbac.additionalRules.length > 0 || asksForChanges) names.push({ kind: 'Role', name }, { kind: 'RoleBinding', name });
  }
  if (asksForChanges) names.push({ kind: 'ConfigMap', name: selfConfigConfigMapName(name) });
  if (resolveNetworkPolicy(instance).enabled) names.push({ kind: 'NetworkPolicy', name });
  if (resolveAvailability(instance).maxUnavailable !== null) names.push({ kind: 'PodDisruptionBudget', name });
  if (resolveAutoScaling(instance) !== null) names.push({ kind: 'HorizontalPodAutoscaler', name });
  if (storage.rendersClaim && !storage.perReplica) names.push({ kind: 'PersistentVolumeClaim', name: dataClaimName(name) });
  const profile = resolveChromium(instance)?.profile ?? null;
  if (profile?.rendersClaim === true) names.push({ kind: 'PersistentVolumeClaim', name: profile.claimName });
  if (resolveServiceMonitor(instance) !== null) names.push({ kind: 'ServiceMonitor', name });
  if (resolveAlerts(instance) !== null) names.push({ kind: 'PrometheusRule', name: alertsName(name) });
  if (resolveDashboard(instance) !== null) names.push({ kind: 'ConfigMap', name: dashboardName(name) });
  if (instance.spec.tailscale?.enabled === true) names.push({ kind: 'Secret', name: tailscaleStateSecretName(name) });
  names.push(...routeNames(instance));
  const secrets = generatedSecrets(instance);
  if (secrets.length > 0) {
    const account = secretsJobAccountName(name);
    for (const kind of ['ServiceAccount', 'Role', 'RoleBinding', 'NetworkPolicy']) names.push({ kind, name: account });
  }
  return [...names, ...secrets.map((secret) => ({ kind: 'Secret', name: secret }))];
}

/** What leads to the Service from outside. */
function routeNames(instance: Instance): ObjectName[] {
  const { name } = instance;
  const ingress = resolveIngress(instance);
  const guards = ingress?.controller === 'traefik' ? ingress : null;
  return [
    ...(ingress === null ? [] : [{ kind: 'Ingress', name }]),
    ...(guards?.basicAuth ? [{ kind: 'Middleware', name: basicAuthName(name) }] : []),
    ...(guards?.requestsPerSecond ? [{ kind: 'Middleware', name: rateLimitName(name) }] : []),
    ...(resolveHttpRoute(instance) === null ? [] : [{ kind: 'HTTPRoute', name }]),
  ];
}

/** Secrets that the Job fills. */
function generatedSecrets(instance: Instance): string[] {
  const { name } = instance;
  const ingress = resolveIngress(instance);
  const hasLogin = typeof ingress?.basicAuth?.generatedFor === 'string';
  return [
    ...(resolveGateway(instance).generatesToken ? [gatewayTokenSecretName(name)] : []),
    ...(hasLogin ? [basicAuthName(name)] : []),
    ...(hasLogin && ingress?.controller === 'traefik' ? [basicAuthUsersSecretName(name)] : []),
  ];
}

/** What an object of the input is, or will be in the cluster: a SealedSecret becomes the Secret of its name. */
function broughtName(object: SourceObject): ObjectName | null {
  const { apiVersion, kind } = object.value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return null;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (kind === 'SealedSecret' && group === 'bitnami.com') return { kind: 'Secret', name: nameOf(object) };
  if (kind === 'ExternalSecret' && group === 'external-secrets.io') {
    const target = valueAt(object.value['spec'], 'target', 'name');
    return { kind: 'Secret', name: typeof target === 'string' && target !== '' ? target : nameOf(object) };
  }
  return Object.hasOwn(GROUPS, kind) && GROUPS[kind] === group ? { kind, name: nameOf(object) } : null;
}

export type Claimant = { readonly instance: Instance } | { readonly object: SourceObject };

/** The first who claims each object. */
export type Claims = ReadonlyMap<string, Claimant>;

export function claimKey(namespace: string, { kind, name }: ObjectName): string {
  return `${kind} ${namespace} ${name}`;
}

/** Where objects without a namespace land: the default that instances without one got. */
function defaultNamespace(instances: readonly Instance[]): string {
  return instances.find(({ source: { value } }) => isJsonObject(value['metadata']) && !value['metadata']['namespace'])?.namespace ?? '';
}

const known = new WeakMap<readonly Instance[], Claims>();

/** The claims of the whole input, gathered once. */
export function objectClaims({ instances, passThrough }: Pick<RuleContext, 'instances' | 'passThrough'>): Claims {
  const found = known.get(instances);
  if (found !== undefined) return found;
  const claims = new Map<string, Claimant>();
  const add = (key: string, claimant: Claimant): void => {
    if (!claims.has(key)) claims.set(key, claimant);
  };
  const namespace = defaultNamespace(instances);
  for (const object of passThrough) {
    const name = broughtName(object);
    if (name !== null) add(claimKey(namespaceOf(object) ?? namespace, name), { object });
  }
  for (const instance of instances) {
    for (const name of renderedNames(instance)) add(claimKey(instance.namespace, name), { instance });
  }
  known.set(instances, claims);
  return claims;
}
