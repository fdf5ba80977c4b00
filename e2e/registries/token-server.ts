/** Gives out tokens that the registries' own token authentication believes: signed by the certificate in their configuration. */
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../test/pod/support/self-signed-certificate.ts';

export interface TokenServer {
  /** The `auth` section for a registry. */
  readonly auth: string;
  /** For what alice may do anything to: her password, as she would send it. */
  readonly token: (scope: string) => string;
  readonly asked: { readonly url: string; readonly isSignedIn: boolean }[];
  readonly stop: () => Promise<void>;
}

export const PASSWORD = 'wonderland';
/** Her password, as the registry itself takes it. */
export const BASIC = `Basic ${Buffer.from(`alice:${PASSWORD}`).toString('base64')}`;
const SERVICE = 'e2e registry';
const ISSUER = 'e2e tokens';

/** Alice may do everything, everybody else may pull what is below `public/`. */
export async function startTokenServer(certificateFile: (pem: string) => string): Promise<TokenServer> {
  const { key, cert } = selfSignedCertificate();
  const privateKey = createPrivateKey(key);
  const chain = [new X509Certificate(cert).raw.toString('base64')];
  const asked: TokenServer['asked'] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    asked.push({ url: request.url ?? '', isSignedIn: authorization !== undefined });
    const scope = new URL(request.url ?? '', 'http://tokens').searchParams.get('scope') ?? '';
    if (authorization !== undefined && authorization !== BASIC) response.writeHead(401).end();
    else if (authorization === undefined && !scope.startsWith('repository:public/')) response.writeHead(403).end();
    else response.end(JSON.stringify({ token: token(scope), expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const realm = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  const auth = `auth:\n  token:\n    realm: ${realm}\n    service: ${SERVICE}\n    issuer: ${ISSUER}\n    rootcertbundle: ${certificateFile(cert)}\n`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { auth, token, asked, stop };

  function token(scope: string): string {
    const [type = '', name = '', actions = ''] = scope.split(':');
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: ISSUER,
      sub: 'alice',
      aud: SERVICE,
      exp: now + 300,
      nbf: now - 10,
      iat: now - 10,
      jti: `${now}-${asked.length}`,
      access: [{ type, name, actions: actions.split(',') }],
    };
    const signed = [{ typ: 'JWT', alg: 'ES256', x5c: chain }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}
