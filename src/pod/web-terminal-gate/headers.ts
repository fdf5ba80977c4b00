import type { IncomingHttpHeaders } from 'node:http';

/** All that ttyd reads: above all, the login stays here. */
const PASSED_ON = [
  'accept',
  'accept-encoding',
  'host',
  'origin',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
] as const;
const OF_ONE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** What ttyd gets of a request's headers. */
export function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

/** What the browser gets of an answer's headers. */
export function passedBack(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_ONE_CONNECTION.has(name)));
}

/** Browsers say whose page opens a WebSocket, send the login along whichever it is, and leave it to the server to care. */
export function isOwnPage({ origin = '', host = '' }: IncomingHttpHeaders): boolean {
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false;
  const { protocol, host: asking } = new URL(origin);
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === asking;
}
