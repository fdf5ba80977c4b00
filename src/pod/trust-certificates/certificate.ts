/** What a certificate store wants to know of a certificate, read from its DER. */
import { X509Certificate } from 'node:crypto';
import { Failure } from '../failure.ts';

export interface Certificate {
  readonly der: Uint8Array;
  /** Each with its tag and length, as it stands in the certificate. */
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
}

const BLOCK = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g;
const VERSION_TAG = 0xa0;

/** The certificates of a PEM file, each once. What else stands in the file is no concern of ours. */
export function certificatesOf(pem: string): Certificate[] {
  const found = new Map<string, Certificate>();
  for (const [block] of pem.matchAll(BLOCK)) {
    let der: Uint8Array;
    try {
      der = new X509Certificate(block).raw;
    } catch {
      throw new Failure(`certificate ${found.size + 1} of the CA bundle cannot be read`, 'the bundle is a PEM file of CA certificates');
    }
    found.set(Buffer.from(der).toString('base64'), { der, ...namesOf(der) });
  }
  return [...found.values()];
}

/** X.509: Certificate { TBSCertificate { [0] version?, serial, algorithm, issuer, validity, subject … } … }. */
function namesOf(der: Uint8Array): Omit<Certificate, 'der'> {
  const fields = children(contentOf(contentOf(der)));
  if (fields[0]?.[0] === VERSION_TAG) fields.shift();
  const [serial, , issuer, , subject] = fields;
  if (serial === undefined || issuer === undefined || subject === undefined)
    throw new Failure('a certificate of the CA bundle has no names');
  return { serial, issuer, subject };
}

/** The values inside another, each whole. */
function children(content: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let rest = content; rest.length > 0;) {
    const size = header(rest).end;
    found.push(rest.subarray(0, size));
    rest = rest.subarray(size);
  }
  return found;
}

/** What the first value of `bytes` holds. */
function contentOf(bytes: Uint8Array): Uint8Array {
  const { start, end } = header(bytes);
  return bytes.subarray(start, end);
}

/** Where the content of the first value starts and ends: behind one byte of tag and a length in the short or the long form. */
function header(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const short = bytes[1] ?? 0;
  if (short < 0x80) return { start: 2, end: 2 + short };
  const start = 2 + (short & 0x7f);
  const length = bytes.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start, end: start + length };
}
