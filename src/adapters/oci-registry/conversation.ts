/** Asks a registry about one repository, signed in as it wants it. */
import { homedir } from 'node:os';
import { DOCKER_HUB, type ImageName } from '../../kube/image-reference.ts';
import type { HttpAnswer, HttpRequest } from '../http/exchange.ts';
import { httpClient, type HttpSettings } from '../http/http-client.ts';
import { isLoopback } from '../http/loopback.ts';
import { RemoteError } from '../remote-error.ts';
import { authentication, type Actions } from './authentication.ts';
import { dockerCredentials } from './docker-config.ts';
import { ACCEPTED_TYPES, MOST_MANIFEST_BYTES } from './manifest.ts';

export interface RegistrySettings extends HttpSettings {
  /** Where `.docker/config.json` is, unless DOCKER_CONFIG says it. */
  readonly home?: string;
}

export interface Question extends Pick<HttpRequest, 'body' | 'maxBytes' | 'method'> {
  /** Below the repository, e.g. `manifests/1.2`, or a whole address that the registry gave. */
  readonly path: string | URL;
  readonly query?: URLSearchParams;
  readonly accept?: string;
  /** Of the body. */
  readonly type?: string;
}

export interface Conversation {
  readonly ask: (image: ImageName, question: Question) => Promise<HttpAnswer>;
  readonly close: () => void;
}

export function conversation(settings: RegistrySettings, actions: Actions): Conversation {
  const http = httpClient(settings);
  const signIn = authentication(http, dockerCredentials(settings.env, settings.home ?? homedir()), actions);
  return { ask, close: http.close };

  async function ask(image: ImageName, question: Question): Promise<HttpAnswer> {
    const { method, path, query, accept = '*/*', type, body, maxBytes } = question;
    const origin = originOf(image.registry);
    const url = path instanceof URL ? path : new URL(`/v2/${image.repository}/${path}`, origin);
    if (query !== undefined) url.search = query.toString();
    // What the registry hands on to another server has its own key in its address.
    const isOwn = url.origin === new URL(origin).origin;
    let authorization = isOwn ? signIn.known(image) : null;
    for (let attempt = 1; ; attempt += 1) {
      const headers = {
        accept,
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(authorization === null ? {} : { authorization }),
      };
      const answer = await http.send({ method, url, headers, maxBytes, ...(body === undefined ? {} : { body }) });
      // Only the registry itself may ask for credentials, not where it redirects to.
      if (answer.status !== 401 || attempt === 2 || !isOwn || answer.url.origin !== url.origin) return answer;
      authorization = await signIn.answer(image, answer);
    }
  }
}

export function manifestQuestion({ tag, digest }: ImageName): Pick<Question, 'accept' | 'maxBytes'> & { readonly path: string } {
  return { path: `manifests/${digest || tag}`, accept: ACCEPTED_TYPES, maxBytes: MOST_MANIFEST_BYTES };
}

export function nameOf({ repository, tag, digest }: ImageName): string {
  return digest === '' ? `${repository}:${tag}` : `${repository}@${digest}`;
}

function originOf(host: string): string {
  if (host === DOCKER_HUB) return 'https://registry-1.docker.io';
  const url = URL.parse(`https://${host}`);
  if (url === null) throw new RemoteError(host, 'is no address of a registry');
  return isLoopback(url.hostname) ? `http://${host}` : url.href;
}
