/** Asks ingress-nginx's own code what it reads from an Ingress. */
import { spawnSync } from 'node:child_process';
import type { Ingress, Secret } from '../../src/kube/types.ts';
import { binary } from './binary.ts';

/** As far as tests look at it. */
export interface IngressNginxSettings {
  readonly BasicDigestAuth: {
    readonly type: string;
    readonly realm: string;
    /** Written by the program, with what the Secret holds under `auth`. */
    readonly file: string;
    readonly secured: boolean;
  };
  readonly Proxy: {
    readonly bodySize: string;
    readonly proxyBuffering: string;
    readonly proxyHTTPVersion: string;
    readonly readTimeout: number;
    readonly requestBuffering: string;
    readonly sendTimeout: number;
  };
  readonly RateLimit: { readonly rps: { readonly limit: number; readonly burst: number } };
  readonly Rewrite: { readonly forceSSLRedirect: boolean; readonly sslRedirect: boolean };
  readonly UpstreamHashBy: { readonly 'upstream-hash-by': string };
}

/** The settings; throws where ingress-nginx would refuse the Ingress or ignore one of its annotations. */
export async function ingressNginxSettings(
  ingress: Ingress,
  secrets: readonly Secret[],
  authDirectory: string,
): Promise<IngressNginxSettings> {
  const input = JSON.stringify({ ingress, secrets, authDirectory });
  const { error, status, stderr, stdout } = spawnSync(await binary('ingress-nginx-settings'), { input, encoding: 'utf8' });
  if (error) throw error;
  // An annotation that it ignores is a line in its log.
  if (status !== 0 || stderr !== '') throw new Error(`ingress-nginx: ${stderr.trim()}`);
  return JSON.parse(stdout) as IngressNginxSettings;
}
