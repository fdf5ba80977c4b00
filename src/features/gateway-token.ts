/** The gateway's token: a Secret rendered without data, filled once inside the cluster; configuration refers to it and never holds it. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { isJsonObject, valueAt } from '../lib/json.ts';
import type { Resolved } from '../resolve/resolved.ts';

const VARIABLE = 'OPENCLAW_GATEWAY_TOKEN';
const KEY = 'token';
const RANDOM_BYTES = 32;

function contribute({ gateway, config }: Resolved): Contribution {
  const generated: Contribution = gateway.generatesToken
    ? {
        secrets: [{ name: gateway.tokenSecret }],
        secretsToFill: [{ name: gateway.tokenSecret, keys: [{ key: KEY, randomBytes: RANDOM_BYTES }] }],
      }
    : {};
  // With trusted-proxy the gateway refuses to start while a token exists.
  if (config.usesTrustedProxyAuth) return generated;
  const users = valueAt(config.base, 'gateway', 'auth', 'token');
  const userHasToken = isJsonObject(users) || (typeof users === 'string' && users !== '');
  return {
    ...generated,
    main: { env: [{ name: VARIABLE, valueFrom: { secretKeyRef: { name: gateway.tokenSecret, key: KEY } } }] },
    configPatch: {
      gateway: { auth: { mode: 'token', ...(userHasToken ? {} : { token: { id: VARIABLE, provider: 'default', source: 'env' } }) } },
    },
  };
}

export const gatewayToken: Feature = {
  id: 'gateway-token',
  summary: 'a Secret rendered without data and filled once in the cluster',
  reads: ['gateway.existingSecret', 'config.raw.gateway.auth'],
  contribute,
};
