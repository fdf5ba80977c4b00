import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { problem } from './problem.ts';
import type { SourceFile } from './source.ts';

const NEWLINE = 0x0a;

/** The text of a UTF-8 file without its byte order mark, or why it is not one. */
export function decode(file: SourceFile): string | Diagnostic {
  const otherEncoding = encodingByFirstBytes(file.bytes);
  if (otherEncoding !== null)
    return problem('encoding', `the file is ${otherEncoding}, expected UTF-8`, { file: file.name, line: 1, column: 1, length: 1 });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    return invalidByte(file);
  }
}

function encodingByFirstBytes(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0) return c === 0xfe && d === 0xff ? 'UTF-32' : null;
  // Without a mark: YAML starts with an ASCII character, which the wider encodings pad with zero bytes.
  if (a !== undefined && a !== 0 && b === 0) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0 && b !== undefined && b !== 0) return 'UTF-16';
  return null;
}

function invalidByte(file: SourceFile): Diagnostic {
  const offset = firstInvalidOffset(file.bytes);
  let line = 1;
  let lineStart = 0;
  for (let index = 0; index < offset; index++) {
    if (file.bytes[index] !== NEWLINE) continue;
    line += 1;
    lineStart = index + 1;
  }
  const column = new TextDecoder().decode(file.bytes.subarray(lineStart, offset)).length + 1;
  const byte = (file.bytes[offset] ?? 0).toString(16).padStart(2, '0');
  return problem('encoding', `byte 0x${byte} is not UTF-8 here`, { file: file.name, line, column, length: 1 });
}

/** Where decoding fails: the longest prefix that a streaming decoder accepts, found by halving. */
function firstInvalidOffset(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValidPrefix(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return startOfUnfinishedSequence(bytes, valid);
}

/** A sequence that is cut off is noticed at the byte after it; what is wrong is its first byte. */
function startOfUnfinishedSequence(bytes: Uint8Array, end: number): number {
  for (let index = end - 1; index >= 0 && index >= end - 3; index--) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return index + length > end ? index : end;
  }
  return end;
}

function isValidPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
