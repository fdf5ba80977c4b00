/** Tar archives in the ustar form whose bytes depend on nothing but the names and texts of the files. */
import { byCodeUnits } from '../../lib/code-unit-order.ts';
import { invariant } from '../../lib/invariant.ts';

export interface TextFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly text: string;
}

const BLOCK = 512;
const FILE = { type: '0', mode: 0o644 };
const DIRECTORY = { type: '5', mode: 0o755 };

/** The archive piece by piece: files and the directories above them in code-unit order, without owners and times. */
export function* tar(files: readonly TextFile[]): Generator<Buffer> {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  invariant(texts.size === files.length, 'two files of an archive have one name');
  const directories = files.flatMap(({ path }) => Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index + 1)));
  for (const path of [...new Set([...directories, ...texts.keys()])].sort(byCodeUnits)) {
    const text = texts.get(path);
    if (text === undefined) yield header(path, 0, DIRECTORY);
    else {
      const bytes = Buffer.from(text, 'utf8');
      yield header(path, bytes.length, FILE);
      yield bytes;
      yield Buffer.alloc(-bytes.length & (BLOCK - 1));
    }
  }
  yield Buffer.alloc(2 * BLOCK);
}

function header(path: string, size: number, { type, mode }: typeof FILE): Buffer {
  const { prefix, name } = splitPath(path);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  // The sum is of a header with blanks in its place.
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}

/** Digits up to the NUL that ends the field. */
function octal(value: number, width: number): string {
  const digits = value.toString(8).padStart(width - 1, '0');
  invariant(digits.length < width, 'a number is too large for an archive');
  return `${digits}\0`;
}

/** A path of more than 100 bytes is split at a slash. */
function splitPath(path: string): { prefix: string; name: string } {
  let at = Buffer.byteLength(path) <= 100 ? 0 : path.indexOf('/');
  if (at === 0) return { prefix: '', name: path };
  while (at > 0 && Buffer.byteLength(path.slice(at + 1)) > 100) at = path.indexOf('/', at + 1);
  const [prefix, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  invariant(at > 0 && name !== '' && Buffer.byteLength(prefix) <= 155, `"${path}" is too long for an archive`);
  return { prefix, name };
}
