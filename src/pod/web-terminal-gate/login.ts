import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The login of the Secret as it is mounted now: a digest, since digests take the same time to compare however much of them is equal. */
export type Login = { readonly digest: Buffer } | { readonly problem: string };

const KEYS = ['username', 'password'] as const;

/** Read at every use, so that a changed Secret needs no restart. */
export async function readLogin(directory: string): Promise<Login> {
  const texts: string[] = [];
  for (const key of KEYS) {
    const text = await readFile(join(directory, key), 'utf8').catch(() => '');
    // Nobody can type a line break into a login; the command that made the Secret has left it.
    const value = text.replace(/\r?\n$/, '');
    if (value === '') return { problem: `the Secret of the login has no ${key}, or an empty one` };
    texts.push(value);
  }
  return { digest: digest(Buffer.from(texts.join(':'))) };
}

/** The digest of what an `Authorization` header offers; null when it offers no user and password. */
export function offeredDigest(authorization: string | undefined): Buffer | null {
  const credentials = /^basic +([\w+/=-]+) *$/i.exec(authorization ?? '')?.[1];
  return credentials === undefined ? null : digest(Buffer.from(credentials, 'base64'));
}

export function isSame(left: Buffer, right: Buffer): boolean {
  return timingSafeEqual(left, right);
}

function digest(credentials: Buffer): Buffer {
  return createHash('sha256').update(credentials).digest();
}
