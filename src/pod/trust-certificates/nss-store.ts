/**
 * A certificate store of NSS, the only place besides its own list where Chromium on Linux looks for authorities: an SQLite file
 * with the attributes of PKCS #11 as columns, named by their numbers. Each authority is a certificate and a statement of trust.
 */
import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Failure } from '../failure.ts';
import type { Certificate } from './certificate.ts';

/** Attributes by name; a column is the number in hexadecimal behind an `a`. */
const COLUMNS = {
  class: 'a0',
  token: 'a1',
  private: 'a2',
  label: 'a3',
  value: 'a11',
  certificateType: 'a80',
  issuer: 'a81',
  serialNumber: 'a82',
  subject: 'a101',
  id: 'a102',
  modifiable: 'a170',
  trustServerAuth: 'ace536358',
  trustClientAuth: 'ace536359',
  trustCodeSigning: 'ace53635a',
  trustEmailProtection: 'ace53635b',
  trustStepUp: 'ace536360',
  sha1: 'ace5363b4',
  md5: 'ace5363b5',
} as const;

type Attributes = Readonly<Partial<Record<keyof typeof COLUMNS, Uint8Array>>>;

const TRUE = Uint8Array.of(1);
const FALSE = Uint8Array.of(0);
/** How NSS writes an attribute that is there and empty. */
const EMPTY = Uint8Array.of(0xa5, 0x00, 0x5a);
const X509 = number(0);
const CERTIFICATE = number(1);
const TRUST = number(0xce534353);
/** For servers: a certificate that this authority has signed is good. */
const TRUSTED = number(0xce534352);
/** For everything else: the authority must itself be signed by a trusted one. */
const MUST_VERIFY = number(0xce534353);

/** Makes the store anew in `directory`, which belongs to it alone. */
export async function writeStore(directory: string, certificates: readonly Certificate[]): Promise<void> {
  const Database = await sqlite();
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const columns = Object.values(COLUMNS);
  const database = new Database(join(directory, 'cert9.db'));
  try {
    database.exec(`CREATE TABLE nssPublic (id PRIMARY KEY UNIQUE ON CONFLICT ABORT, ${columns.join(', ')})`);
    const insert = database.prepare(`INSERT INTO nssPublic (id, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`);
    certificates
      .flatMap((certificate) => [certificateObject(certificate), trustObject(certificate)])
      .forEach((attributes, index) => {
        insert.run(index + 1, ...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => attributes[name] ?? null));
      });
  } finally {
    database.close();
  }
}

/** Imported late, for a message instead of a stack where it is missing. */
async function sqlite(): Promise<typeof DatabaseSync> {
  try {
    return (await import('node:sqlite')).DatabaseSync;
  } catch {
    throw new Failure(
      `found Node ${process.version} without SQLite, expected one that has it`,
      'use an image of OpenClaw with Node 22.13 or newer',
    );
  }
}

function certificateObject({ der, issuer, serial, subject }: Certificate): Attributes {
  return {
    ...stored(CERTIFICATE),
    value: der,
    certificateType: X509,
    issuer,
    serialNumber: serial,
    subject,
    id: digest('sha1', der),
  };
}

function trustObject({ der, issuer, serial }: Certificate): Attributes {
  return {
    ...stored(TRUST),
    issuer,
    serialNumber: serial,
    trustServerAuth: TRUSTED,
    trustClientAuth: MUST_VERIFY,
    trustCodeSigning: MUST_VERIFY,
    trustEmailProtection: MUST_VERIFY,
    trustStepUp: FALSE,
    sha1: digest('sha1', der),
    md5: digest('md5', der),
  };
}

function stored(kind: Uint8Array): Attributes {
  return { class: kind, token: TRUE, private: FALSE, label: EMPTY, modifiable: TRUE };
}

/** By which NSS knows the certificate that it trusts; nothing depends on their strength. */
function digest(algorithm: 'sha1' | 'md5', bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}

function number(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
