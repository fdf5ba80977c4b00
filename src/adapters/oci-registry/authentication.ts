/** Signs in to registries: a token for each repository, or a password, as the registry's challenge wants it. */
import type { ImageName } from '../../kube/image-reference.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isLoopback } from '../http/loopback.ts';
import { RemoteError } from '../remote-error.ts';
import { challengesOf, type Challenge } from './challenge.ts';
import type { Credentials, CredentialSource } from './docker-config.ts';
import { refusal } from './refusal.ts';

export interface Authentication {
  /** The header that worked for the repository before and is still good, or null. */
  readonly known: (image: ImageName) => string | null;
  /** The header that answers a 401; throws when there is none. */
  readonly answer: (image: ImageName, refused: HttpAnswer) => Promise<string>;
}

/** What a token server may leave out, and how long before its end a token is not used any more. */
const LIFETIME_SECONDS = 60;
const MARGIN_SECONDS = 10;
const MOST_TOKEN_BYTES = 1024 * 1024;

/** What tokens are asked for; a token for one of them may be refused for the other. */
export type Actions = 'pull' | 'pull,push';

export function authentication(http: HttpClient, credentialsFor: CredentialSource, actions: Actions = 'pull'): Authentication {
  const headers = new Map<string, { readonly header: string; readonly until: number }>();
  return { known, answer };

  function known({ registry, repository }: ImageName): string | null {
    const found = headers.get(`${registry}/${repository}`);
    return found === undefined || found.until <= performance.now() ? null : found.header;
  }

  async function answer(image: ImageName, refused: HttpAnswer): Promise<string> {
    const { registry, repository } = image;
    const challenges = challengesOf(refused.headers['www-authenticate'] ?? '');
    const credentials = await credentialsFor(registry, repository);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const takesBasic = challenges.some(({ scheme }) => scheme === 'basic');
    let header: string;
    let lifetimeSeconds = Number.POSITIVE_INFINITY;
    if (credentials?.kind === 'registry') header = `Bearer ${credentials.token}`;
    else if (bearer !== undefined) ({ header, lifetimeSeconds } = await token(image, refused, bearer, credentials));
    else if (takesBasic && credentials?.kind === 'password') header = basic(credentials);
    else throw refusal(refused, registry, repository);
    headers.set(`${registry}/${repository}`, { header, until: performance.now() + lifetimeSeconds * 1000 });
    return header;
  }

  async function token(
    { registry, repository }: ImageName,
    refused: HttpAnswer,
    { parameters }: Challenge,
    credentials: Credentials | null,
  ): Promise<{ header: string; lifetimeSeconds: number }> {
    const url = tokenServer(parameters['realm'], refused.url, registry);
    const service = parameters['service'];
    const scope = scopeOf(parameters['scope'] ?? `repository:${repository}:${actions}`, actions);
    const asked = { ...(service === undefined ? {} : { service }), scope };
    const accept = { accept: 'application/json' };
    let answered: HttpAnswer;
    if (credentials?.kind === 'identity') {
      const form = { grant_type: 'refresh_token', client_id: 'openclaw-gitops', refresh_token: credentials.token, ...asked };
      answered = await http.send({
        method: 'POST',
        url,
        headers: { ...accept, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
        maxBytes: MOST_TOKEN_BYTES,
      });
    } else {
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      const signedIn: Record<string, string> = credentials?.kind === 'password' ? { authorization: basic(credentials) } : {};
      answered = await http.send({ method: 'GET', url, headers: { ...accept, ...signedIn }, maxBytes: MOST_TOKEN_BYTES });
    }
    if (answered.status !== 200) throw refusal(answered, registry, repository);
    const { token: first, access_token: second, expires_in: seconds } = jsonObject(answered.body);
    const text = typeof first === 'string' && first !== '' ? first : second;
    // A token goes into a header, where a line break would be the next header.
    if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) throw new RemoteError(url.host, 'gives no token', false, answered.status);
    const lifetimeSeconds = typeof seconds === 'number' && seconds > 0 ? seconds : LIFETIME_SECONDS;
    return { header: `Bearer ${text}`, lifetimeSeconds: lifetimeSeconds - MARGIN_SECONDS };
  }
}

/** Some registries ask only for what the request at hand needs, or always for reading: who will write asks for both at once. */
function scopeOf(wanted: string, actions: Actions): string {
  return actions === 'pull' ? wanted : wanted.replaceAll(/(\brepository:\S+):[a-z*,]+(?= |$)/g, `$1:${actions}`);
}

/** Where tokens come from. The registry says so, and the password goes there: over TLS, unless all of it is on this machine. */
function tokenServer(realm: string | undefined, from: URL, registry: string): URL {
  const url = URL.parse(realm ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new RemoteError(registry, 'names no address where tokens are given');
  if (url.protocol !== 'https:' && !(isLoopback(url.hostname) && isLoopback(from.hostname)))
    throw new RemoteError(registry, `wants credentials to be sent to ${url.host} without TLS`);
  return url;
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function jsonObject(body: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
