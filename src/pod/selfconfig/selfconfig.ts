/** Writes requests of the agent into its ConfigMap, and reads its configuration and the answers. It touches nothing else. */
import { isJsonObject, valueAt, type Json, type JsonObject } from '../../lib/json.ts';
import { answerKey, requestKey, type SelfConfigRequest } from '../../lib/self-config.ts';
import { callApiServer, type Answer, type ApiServer } from '../api-server.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';

/** A ConfigMap holds 1 MiB; a request is a few lines. */
const REQUEST_LIMIT_BYTES = 64 * 1024;
const PENDING_LIMIT = 10;

export interface Instance {
  readonly name: string;
  readonly namespace: string;
  readonly server: ApiServer;
}

/** Asks for a change and returns the request's id; the answer comes later. */
export async function ask(instance: Instance, request: SelfConfigRequest, id: string): Promise<string> {
  const text = JSON.stringify(request);
  if (Buffer.byteLength(text) > REQUEST_LIMIT_BYTES)
    throw new Failure(`the request has ${Buffer.byteLength(text)} bytes, expected at most ${REQUEST_LIMIT_BYTES}`);
  const waiting = (await listed(instance)).filter(({ answer }) => answer === null);
  if (waiting.length >= PENDING_LIMIT)
    throw new Failure(`${waiting.length} requests wait for an answer, expected fewer than ${PENDING_LIMIT}`, 'wait for their answers');
  await called(instance, 'PATCH', `${instance.name}-self-config`, { data: { [requestKey(id)]: text } });
  return id;
}

/** Every request with its answer, oldest first. */
export async function listed(instance: Instance): Promise<{ readonly id: string; readonly answer: string | null }[]> {
  const data = dataOf(await called(instance, 'GET', `${instance.name}-self-config`));
  return Object.keys(data)
    .filter((key) => key.startsWith(requestKey('')))
    .map((key) => key.slice(requestKey('').length))
    .sort()
    .map((id) => ({ id, answer: data[answerKey(id)] ?? null }));
}

/** The rendered configuration as text. */
export async function configText(instance: Instance): Promise<string> {
  const text = dataOf(await called(instance, 'GET', `${instance.name}-config`))['openclaw.json'];
  if (text === undefined) throw new Failure(`found no openclaw.json in ConfigMap ${quote(`${instance.name}-config`)}`);
  return text;
}

function dataOf(body: Json | undefined): Readonly<Record<string, string>> {
  const data = valueAt(body, 'data');
  if (!isJsonObject(data)) return {};
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

async function called(
  { server, namespace }: Instance,
  method: 'GET' | 'PATCH',
  configMap: string,
  body?: JsonObject,
): Promise<Json | undefined> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(configMap)}`;
  const title = `ConfigMap ${quote(configMap)} in namespace ${quote(namespace)}`;
  let answer: Answer;
  try {
    answer = await callApiServer(server, method, path, body, 'application/merge-patch+json');
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code, name } = error as NodeJS.ErrnoException;
    throw new Failure(
      `cannot reach the API server for ${title} (${code ?? name})`,
      'the network policy opens port 6443 everywhere, and port 443 to the ranges that --api-server-cidrs names',
    );
  }
  if (answer.status === 200) return answer.body;
  const reason = valueAt(answer.body, 'reason');
  const said = typeof reason === 'string' && /^[A-Za-z]{1,64}$/.test(reason) ? ` ${reason}` : '';
  throw new Failure(
    `the API server refused ${title} (${answer.status}${said})`,
    answer.status === 403 || answer.status === 404 ? 'apply all rendered objects together' : undefined,
  );
}
