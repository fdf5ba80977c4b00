/** The login that the Ingress asks for: a Secret rendered without data, filled once inside the cluster. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { basicAuthUsersSecretName } from '../kube/names.ts';
import type { Resolved } from '../resolve/resolved.ts';

const RANDOM_BYTES = 32;

function contribute({ ingress, name }: Resolved): Contribution | null {
  const basicAuth = ingress?.basicAuth ?? null;
  if (ingress === null || basicAuth === null || basicAuth.generatedFor === null) return null;
  const { secret } = basicAuth;
  const users = ingress.controller === 'traefik' ? [basicAuthUsersSecretName(name)] : [];
  return {
    secrets: [secret, ...users].map((secretName) => ({ name: secretName })),
    secretsToFill: [
      { name: secret, keys: [], login: { username: basicAuth.generatedFor, randomBytes: RANDOM_BYTES } },
      ...users.map((secretName) => ({ name: secretName, keys: [], copy: { key: 'users', from: { secret, key: 'auth' } } })),
    ],
  };
}

export const basicAuth: Feature = {
  id: 'basic-auth',
  summary: 'a user name and a password for the Ingress, made once in the cluster',
  reads: ['networking.ingress'],
  contribute,
};
