/** One file out of an npm package: a gzipped tar archive whose names and sizes are all that is believed. */
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

const BLOCK = 512;
const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;

/** The content of the regular file `name` (without the archive's first directory), or null where there is none. */
export async function tarEntry(archive: Buffer, name: string): Promise<Buffer | null> {
  const tar = await promisify(gunzip)(archive, { maxOutputLength: MOST_UNPACKED_BYTES });
  for (let offset = 0; offset + BLOCK <= tar.length;) {
    const header = tar.subarray(offset, offset + BLOCK);
    const path = textAt(header, 0, 100);
    const size = Number.parseInt(textAt(header, 124, 12).trim() || '0', 8);
    const type = header[156];
    // Two blocks of zeroes end an archive; a size that is none ends our reading.
    if (path === '' || !Number.isSafeInteger(size) || size < 0) return null;
    const isFile = type === 0x30 || type === 0;
    if (isFile && textAt(header, 345, 155) === '' && path.slice(path.indexOf('/') + 1) === name)
      return tar.subarray(offset + BLOCK, offset + BLOCK + size);
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return null;
}

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
}
