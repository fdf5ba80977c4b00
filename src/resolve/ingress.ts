import { LEGACY_CLASS } from '../kube/ingress-annotations.ts';
import { basicAuthName } from '../kube/names.ts';
import { GATEWAY_PORT } from './gateway-ports.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';

/** Whose annotations the Ingress speaks. */
export const INGRESS_CONTROLLERS = ['nginx', 'traefik', 'other'] as const;
export type IngressController = (typeof INGRESS_CONTROLLERS)[number];

export interface ResolvedIngress {
  readonly className: string | undefined;
  readonly controller: IngressController;
  /** The user's own. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly hosts: readonly ResolvedIngressHost[];
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string | undefined }[];
  readonly forcesHttps: boolean;
  /** Null without a limit. */
  readonly requestsPerSecond: number | null;
  readonly basicAuth: ResolvedBasicAuth | null;
}

export interface ResolvedIngressHost {
  /** Empty for every host. */
  readonly host: string;
  readonly paths: readonly {
    readonly path: string;
    readonly pathType: 'Prefix' | 'Exact' | 'ImplementationSpecific';
    readonly port: number;
  }[];
}

export interface ResolvedBasicAuth {
  /** Secret with htpasswd lines under the key `auth`. */
  readonly secret: string;
  /** User name of a login that is made in the cluster; null where the user brings the Secret. */
  readonly generatedFor: string | null;
  readonly realm: string;
}

type Ingress = NonNullable<NonNullable<Instance['spec']['networking']>['ingress']>;

/** Null when no Ingress is wanted. */
export function resolveIngress(instance: Instance): ResolvedIngress | null {
  const ingress = instance.spec.networking?.ingress;
  if (ingress?.enabled !== true) return null;
  const { rateLimiting } = ingress.security ?? {};
  const limits = rateLimiting !== undefined && rateLimiting.enabled !== false;
  return {
    className: ingress.className || undefined,
    controller: ingressController(instance),
    annotations: ingress.annotations ?? {},
    hosts: (ingress.hosts ?? []).map(({ host, paths }) => ({
      host,
      paths: (paths === undefined || paths.length === 0 ? [{}] : paths).map(({ path, pathType, port }) => ({
        path: path ?? '/',
        pathType: pathType ?? 'Prefix',
        port: port ?? GATEWAY_PORT,
      })),
    })),
    tls: (ingress.tls ?? []).map(({ hosts, secretName }) => ({ hosts: hosts ?? [], secretName: secretName || undefined })),
    forcesHttps: ingress.security?.forceHTTPS ?? true,
    requestsPerSecond: limits ? (rateLimiting.requestsPerSecond ?? 10) : null,
    basicAuth: basicAuth(instance.name, ingress),
  };
}

function basicAuth(name: string, ingress: Ingress): ResolvedBasicAuth | null {
  const wanted = ingress.security?.basicAuth;
  if (wanted?.enabled !== true) return null;
  const existing = wanted.existingSecret ?? '';
  return {
    secret: existing === '' ? basicAuthName(name) : existing,
    generatedFor: existing === '' ? wanted.username || 'openclaw' : null,
    realm: wanted.realm || 'OpenClaw',
  };
}

/** What the annotation on the instance says, else what the name of the class tells. */
export function ingressController({ annotations, spec }: Instance): IngressController {
  const said = annotations[INSTANCE_ANNOTATIONS.ingressController];
  const known = INGRESS_CONTROLLERS.find((controller) => controller === said);
  if (known !== undefined) return known;
  const ingress = spec.networking?.ingress;
  const className = (ingress?.className || ingress?.annotations?.[LEGACY_CLASS] || '').toLowerCase();
  if (className.includes('nginx')) return 'nginx';
  return className.includes('traefik') ? 'traefik' : 'other';
}

/**
 * Origins that browsers send from pages of the Ingress's hosts, also while it is off. A host without a certificate here may have one
 * in front of the controller. Origins are compared whole, so that a host with a wildcard gives none.
 */
export function ingressOrigins(instance: Instance): string[] {
  const ingress = instance.spec.networking?.ingress;
  const forced = ingress?.security?.forceHTTPS !== false && ingressController(instance) !== 'other';
  return (ingress?.hosts ?? []).flatMap(({ host }) => {
    if (host === '' || host.includes('*')) return [];
    return forced || hasCertificate(host, ingress?.tls ?? []) ? [`https://${host}`] : [`http://${host}`, `https://${host}`];
  });
}

/** An entry without hosts is for all of them. */
function hasCertificate(host: string, tls: NonNullable<Ingress['tls']>): boolean {
  const wildcard = host.replace(/^[^.]*/, '*');
  return tls.some(({ hosts = [] }) => hosts.length === 0 || hosts.includes(host) || hosts.includes(wildcard));
}
