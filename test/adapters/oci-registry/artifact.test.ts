import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { artifact, type ArtifactSettings } from '../../../src/adapters/oci-registry/artifact.ts';
import { tar, type TextFile } from '../../../src/adapters/oci-registry/tar.ts';
import { sha256 } from './fake-registry.ts';

const FILES: readonly TextFile[] = [
  { path: 'shared.yaml', text: 'kind: Namespace\n' },
  { path: 'b/ada/manifests.yaml', text: 'text: "ü"\n'.repeat(20_000) },
  { path: 'a/eve/manifests.yaml', text: '' },
];
const SETTINGS: ArtifactSettings = { mediaTypes: 'oci', source: null, revision: null, created: '1970-01-01T00:00:00Z' };

/** What stands in an archive, by the rules of the format. */
function entries(archive: Buffer): { path: string; type: string; mode: string; text: string; rest: string }[] {
  const found: { path: string; type: string; mode: string; text: string; rest: string }[] = [];
  let at = 0;
  for (; archive[at] !== 0;) {
    const header = archive.subarray(at, at + 512);
    const field = (start: number, length: number): string => header.toString('latin1', start, start + length).replace(/\0.*$/s, '');
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
    assert.equal(Number.parseInt(field(148, 8), 8), sum);
    assert.equal(header.toString('latin1', 257, 265), 'ustar\u000000');
    const size = Number.parseInt(field(124, 12), 8);
    const [prefix, name] = [field(345, 155), field(0, 100)];
    found.push({
      path: prefix === '' ? name : `${prefix}/${name}`,
      type: field(156, 1),
      mode: field(100, 8),
      text: archive.toString('utf8', at + 512, at + 512 + size),
      // Owners, time, links and their names.
      rest: [field(108, 8), field(116, 8), field(136, 12), field(157, 100), field(265, 32), field(297, 32)].join(','),
    });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  assert.ok(archive.subarray(at).equals(Buffer.alloc(1024)));
  return found;
}

describe('tar', () => {
  test('holds files and their directories in order, without owners and times', () => {
    const rest = '0000000,0000000,00000000000,,,';
    const expected = [
      ['a/', '5', '0000755', ''],
      ['a/eve/', '5', '0000755', ''],
      ['a/eve/manifests.yaml', '0', '0000644', ''],
      ['b/', '5', '0000755', ''],
      ['b/ada/', '5', '0000755', ''],
      ['b/ada/manifests.yaml', '0', '0000644', FILES[1]?.text],
      ['shared.yaml', '0', '0000644', 'kind: Namespace\n'],
    ].map(([path, type, mode, text]) => ({ path, type, mode, text, rest }));
    assert.deepEqual(entries(Buffer.concat([...tar(FILES)])), expected);
    assert.deepEqual(Buffer.concat([...tar(FILES.toReversed())]), Buffer.concat([...tar(FILES)]));
  });

  test('takes the longest names that agents can have', () => {
    const path = `${'n'.repeat(63)}/${'a'.repeat(52)}/manifests.yaml`;
    assert.equal(entries(Buffer.concat([...tar([{ path, text: 'x' }])])).at(-1)?.path, path);
    assert.throws(() => [...tar([{ path: 'x'.repeat(101), text: '' }])], /too long/);
    assert.throws(() => [...tar([FILES[0]!, FILES[0]!])], /one name/);
  });
});

describe('an artifact', () => {
  test('has one layer that unpacks to the files', () => {
    const { layer, config } = artifact(FILES, SETTINGS);
    const archive = gunzipSync(layer.bytes);
    assert.deepEqual(archive, Buffer.concat([...tar(FILES)]));
    assert.deepEqual((JSON.parse(Buffer.from(config.bytes).toString()) as { rootfs: object }).rootfs, {
      type: 'layers',
      diff_ids: [sha256(archive)],
    });
    assert.equal(layer.digest, sha256(layer.bytes));
  });

  test('has the same bytes on every machine', () => {
    const { layer, config, manifest } = artifact(FILES, SETTINGS);
    assert.deepEqual([...layer.bytes.subarray(0, 10)], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    // Changes with the files above and with the compressor only; then everybody gets a new revision once.
    assert.deepEqual(
      [layer, config, manifest].map(({ digest }) => digest),
      [
        'sha256:8a51c6c54965e948b6c241f9bc89f3b84647973356fcf1030cc8fa01e4f28b1d',
        'sha256:acdbbd93b5e82af720ee52147fb398075108522b94abd7183c4e88fa2607e24a',
        'sha256:90c00debd60328bf733906810a94b3779c2ee0cdfe61a653c6af0849f9265b81',
      ],
    );
  });

  test('has the types and annotations that its readers look for', () => {
    for (const [mediaTypes, config, layer] of [
      ['oci', 'application/vnd.oci.image.config.v1+json', 'application/vnd.oci.image.layer.v1.tar+gzip'],
      ['flux', 'application/vnd.cncf.flux.config.v1+json', 'application/vnd.cncf.flux.content.v1.tar+gzip'],
    ] as const) {
      const made = artifact(FILES, { ...SETTINGS, mediaTypes, source: 'https://git.example.com/fleet', revision: 'main@sha1:abc' });
      const describes = (mediaType: string, { digest, bytes }: typeof made.layer): object => ({ mediaType, digest, size: bytes.length });
      assert.deepEqual(JSON.parse(Buffer.from(made.manifest.bytes).toString()), {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: describes(config, made.config),
        layers: [describes(layer, made.layer)],
        annotations: {
          'org.opencontainers.image.created': '1970-01-01T00:00:00Z',
          'org.opencontainers.image.revision': 'main@sha1:abc',
          'org.opencontainers.image.source': 'https://git.example.com/fleet',
        },
      });
    }
  });

  test('of any texts unpacks to them', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.tuple(fc.string(), fc.nat(40_000)).map(([part, times]) => part.repeat(times).slice(0, 300_000)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const files = texts.map((text, index) => ({ path: `${index}.yaml`, text: text.toWellFormed() }));
        assert.deepEqual(
          entries(gunzipSync(artifact(files, SETTINGS).layer.bytes)).map(({ text }) => text),
          files.map(({ text }) => text),
        );
      }),
      { numRuns: 25 },
    );
  });
});
