/** Skill packs for specs that are made up, with the lock that pins them. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../src/lib/json.ts';
import type { SourceObject } from '../../src/parse/source.ts';
import { lockOf, type Lock } from '../../src/resolve/lock.ts';

const API_VERSION = 'gitops.openclaw.rocks/v1alpha1';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

type Files = Readonly<Record<string, string | Buffer>>;

const PACKS: Readonly<Record<string, Files>> = {
  'pack:team/packs/writer@v1': {
    'SKILL.md': '---\nname: writer\n---\nWrite ${well}.\n',
    'run.sh': '#!/bin/sh\n',
    'logo.gif': Buffer.from([0, 255, 128]),
    '-odd--name-.md': '\u0085\r\n',
  },
  'pack:team/packs/tools': {
    'skillpack.json': JSON.stringify({
      files: { 'skills/tools/SKILL.md': 'tools.md', 'notes/a.md': 'tools.md' },
      directories: ['tools/out'],
      config: { tools: { enabled: true }, quiet: { enabled: false } },
    }),
    'tools.md': 'Use tools.\n',
  },
};

/** Every pack that `lockDocuments` pins. */
export const PACK_REFERENCES: readonly string[] = Object.keys(PACKS);

function digest(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function packDocument(pack: string, files: Files): JsonObject {
  const of = (isBinary: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, content]) =>
        Buffer.isBuffer(content) === isBinary ? [[path, Buffer.isBuffer(content) ? content.toString('base64') : content]] : [],
      ),
    );
  return {
    apiVersion: API_VERSION,
    kind: 'OpenClawPack',
    metadata: { name: 'pack' },
    pack,
    commit: COMMIT,
    data: of(false),
    binaryData: of(true),
  };
}

/** A lock of these packs and their vendored files, as documents of the input. */
export function lockDocuments(packs: Readonly<Record<string, Files>> = PACKS): readonly JsonObject[] {
  const locked = Object.entries(packs).map(([reference, files]) => [
    reference,
    {
      repository: 'https://github.com/team/packs',
      commit: COMMIT,
      files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, digest(content)])),
      executables: Object.keys(files).filter((path) => path.endsWith('.sh')),
    },
  ]);
  const lock = {
    apiVersion: API_VERSION,
    kind: 'OpenClawLock',
    metadata: { name: 'openclaw' },
    packs: Object.fromEntries(locked) as JsonObject,
  };
  return [lock, ...Object.entries(packs).map(([reference, files]) => packDocument(reference, files))];
}

/** The same as the resolve stage takes it. */
export function testLock(): Lock {
  const [lock, ...packs] = lockDocuments().map((value): SourceObject => ({
    value,
    locate: () => ({ file: '-', line: 1, column: 1, length: 1 }),
  }));
  return lockOf(lock as SourceObject, packs);
}
