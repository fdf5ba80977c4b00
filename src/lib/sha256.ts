import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of the UTF-8 text as 64 lower-case hex digits, computed without `node:crypto` so that the renderer runs anywhere. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of `bytes` as 64 lower-case hex digits. */
export function sha256HexOfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The first 64 bits of SHA-256 as 16 lower-case hex digits: enough to notice a change, short enough for an annotation. */
export function shortHash(text: string): string {
  return sha256Hex(text).slice(0, 16);
}
