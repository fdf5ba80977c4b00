/** Which values of a configuration are credentials in clear text. Judged by key, by place and by well-known beginnings; values are never kept. */
import { isJsonObject, type Json } from '../lib/json.ts';
import type { Path } from '../parse/source.ts';

/** Keys, in lower case, whose text is a credential: OpenClaw's credential fields and their usual spellings. */
const CREDENTIAL_KEYS: ReadonlySet<string> = new Set([
  'accesstoken',
  'apikey',
  'api-key',
  'api_key',
  'apipassword',
  'apppassword',
  'appsecret',
  'apptoken',
  'authorization',
  'authtag',
  'authtoken',
  'botsecret',
  'bottoken',
  'clientsecret',
  'cookie',
  'encryptkey',
  'passphrase',
  'password',
  'privatekey',
  'proxy-authorization',
  'pushtoken',
  'refreshtoken',
  'secret',
  'secretkey',
  'signingsecret',
  'token',
  'usertoken',
  'verificationtoken',
  'webhooksecret',
  'webhooktoken',
  'x-api-key',
]);

/** Inside `headers` and `env` any name that sounds like one. */
const CREDENTIAL_NAME = /(?:^|[-_])(?:auth|authorization|cookie|credentials?|key|passw(?:or)?d|secret|token)$|^authorization$/i;
const NAMED_VALUES: ReadonlySet<string> = new Set(['env', 'headers', 'vars']);

/** Beginnings that providers give their keys, keys in PEM form, and a password inside an address. */
const CREDENTIAL_TEXT =
  /^(?:sk-(?:ant|proj|or)-|gh[opsu]_|github_pat_|glpat-|xox[abeprs]-|xapp-|AKIA[0-9A-Z]{16}|AIza[\w-]{30}|ya29\.|tskey-)|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s/:@]*:[^\s/@]+@/;

/** `${NAME}` anywhere, `$NAME` alone, and the name of a variable as OpenClaw accepts it for a key. `$${NAME}` is literal text. */
const REFERENCE = /(?<!\$)\$\{[A-Z_][A-Z0-9_]*\}|^\$[A-Z_][A-Z0-9_]*$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** What OpenClaw's own documentation writes where a local server takes any key, e.g. `ollama-local`. */
const LOCAL_MARKER = /^[a-z]+-local$/;

/** True for names such as `SLACK_BOT_TOKEN`; a public key is none. */
export function isCredentialName(name: string): boolean {
  return CREDENTIAL_NAME.test(name) && !/public/i.test(name);
}

/** True for text that can only be a credential in clear: not empty, no reference, no marker. */
function isLiteral(text: string): boolean {
  return text.trim() !== '' && !REFERENCE.test(text) && !LOCAL_MARKER.test(text);
}

function isCredential(text: string, path: Path): boolean {
  if (!isLiteral(text)) return false;
  if (CREDENTIAL_TEXT.test(text)) return true;
  const key = path.at(-1);
  const parent = path.at(-2);
  if (typeof key !== 'string') return false;
  if (CREDENTIAL_KEYS.has(key.toLowerCase())) return true;
  if (typeof parent === 'string' && NAMED_VALUES.has(parent.toLowerCase())) return isCredentialName(key);
  return key === 'value' && parent === 'auth';
}

/** True for text that shows by itself that it is a credential or has one in it. */
export function looksLikeCredential(text: string): boolean {
  return CREDENTIAL_TEXT.test(text);
}

/** The places of credentials in clear below `value`. */
export function literalCredentials(value: Json, path: Path = []): Path[] {
  if (typeof value === 'string') return isCredential(value, path) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => literalCredentials(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.keys(value).flatMap((key) => literalCredentials(value[key] as Json, [...path, key]));
}
