import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { sha256Hex, sha256HexOfBytes, shortHash } from '../../src/lib/sha256.ts';

function reference(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

test('the examples of the standard have the digests of the standard', () => {
  assert.equal(sha256Hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(sha256Hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(
    sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

test('every length up to three blocks, and a long message, has the digest that Node computes', () => {
  const lengths = [...Array.from({ length: 3 * 64 + 1 }, (_, length) => length), 1_000_003];
  for (const length of lengths) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 151 + length) % 256);
    assert.equal(sha256HexOfBytes(bytes), reference(bytes), `${length} bytes`);
  }
});

test('a part of a buffer is hashed, and stays as it is', () => {
  const buffer = new Uint8Array(300).fill(7);
  assert.equal(sha256HexOfBytes(buffer.subarray(13, 213)), reference(buffer.subarray(13, 213)));
  assert.deepEqual(buffer, new Uint8Array(300).fill(7));
});

test('any bytes and any text have the digest that Node computes, the text as UTF-8', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => sha256HexOfBytes(bytes) === reference(bytes)));
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => sha256Hex(text) === reference(text)));
  assert.equal(shortHash('abc'), reference('abc').slice(0, 16));
});
