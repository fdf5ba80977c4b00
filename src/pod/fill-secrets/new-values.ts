import { createHash, randomBytes } from 'node:crypto';
import type { LiveSecret, WantedSecret } from './secret.ts';

/**
 * What a Secret is to get, base64 text by key. A value that exists stays, whoever wrote it, with two exceptions among values that
 * we applied ourselves: a login follows its user name, and a copy what it was copied from.
 */
export function newValues(secret: LiveSecret, wanted: WantedSecret, filled: ReadonlyMap<string, LiveSecret>): ReadonlyMap<string, string> {
  const { data, ownedKeys } = secret;
  const values = new Map<string, string>();
  const isOpen = (key: string): boolean => !data.get(key) || ownedKeys.includes(key);
  for (const { key, randomBytes: count } of wanted.keys) if (!data.get(key)) values.set(key, base64(random(count)));

  const { login, copy } = wanted;
  if (login !== undefined && isOpen('auth')) {
    const username = isOpen('username') ? login.username : text(data, 'username');
    const password = text(data, 'password') || random(login.randomBytes);
    // nginx and Traefik both read this form whatever C library they have; that it is fast to compute matters for guessable passwords only.
    const line = `${username}:{SHA}${createHash('sha1').update(password).digest('base64')}`;
    for (const [key, value] of Object.entries({ auth: line, password, username })) values.set(key, base64(value));
  }
  if (copy !== undefined && isOpen(copy.key)) values.set(copy.key, filled.get(copy.from.secret)?.data.get(copy.from.key) ?? '');

  for (const [key, value] of values) if (data.get(key) === value) values.delete(key);
  return values;
}

function random(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

function text(data: ReadonlyMap<string, string>, key: string): string {
  return Buffer.from(data.get(key) ?? '', 'base64').toString();
}

function base64(value: string): string {
  return Buffer.from(value).toString('base64');
}
