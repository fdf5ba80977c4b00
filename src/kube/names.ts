/** Names of everything rendered for an instance. They equal the operator's where it has the object, so that a live installation is adopted. */
import { shortHash } from '../lib/sha256.ts';

export function configMapName(instance: string): string {
  return `${instance}-config`;
}

export function workspaceConfigMapName(instance: string): string {
  return `${instance}-workspace`;
}

/** Files of skill packs. */
export function skillsConfigMapName(instance: string): string {
  return `${instance}-skills`;
}

export function programsConfigMapName(instance: string): string {
  return `${instance}-programs`;
}

/** Where the agent writes its requests to change its own instance, and finds the answers. */
export function selfConfigConfigMapName(instance: string): string {
  return `${instance}-self-config`;
}

export function gatewayTokenSecretName(instance: string): string {
  return `${instance}-gateway-token`;
}

/** The Secret with the login of the Ingress, and the Middleware that asks for it. */
export function basicAuthName(instance: string): string {
  return `${instance}-basic-auth`;
}

/** The htpasswd line of that login alone: Traefik takes no Secret with more than one key. */
export function basicAuthUsersSecretName(instance: string): string {
  return `${instance}-basic-auth-users`;
}

export function rateLimitName(instance: string): string {
  return `${instance}-rate-limit`;
}

/** Where the operator keeps an agent's identity in the tailnet. */
export function tailscaleStateSecretName(instance: string): string {
  return `${instance}-ts-state`;
}

export function dataClaimName(instance: string): string {
  return `${instance}-data`;
}

/** The browser's profile. */
export function chromiumClaimName(instance: string): string {
  return `${instance}-chromium-data`;
}

/** ServiceAccount, Role, RoleBinding and NetworkPolicy of the Job that fills generated Secrets. */
export function secretsJobAccountName(instance: string): string {
  return `${instance}-secrets`;
}

export function alertsName(instance: string): string {
  return `${instance}-alerts`;
}

export function dashboardName(instance: string): string {
  return `${instance}-dashboard-instance`;
}

/** ResourceQuota and LimitRange of a namespace that is rendered too. */
export const NAMESPACE_LIMITS_NAME = 'openclaw';

/** A Job name with a hash of its content; long names are cut to leave room for the 63 characters of a label. */
export function jobName(prefix: string, content: string): string {
  const hash = shortHash(`${prefix}\n${content}`).slice(0, 10);
  return `${prefix.slice(0, 63 - 1 - hash.length)}-${hash}`;
}
