/**
 * Bundles the pod programs: each becomes one file of Node built-ins and our own code, which the renderer puts into a ConfigMap.
 * Run it to write `dist/pod/` and `src/generated/pod-programs.ts`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A ConfigMap holds 1 MiB for everything; what every agent carries must stay a small part of it. */
export const BASE_LIMIT_BYTES = 32 * 1024;
/** Of one program that comes with a feature. */
export const FEATURE_LIMIT_BYTES = 16 * 1024;

/** Each is `src/pod/<name>/main.ts` and becomes `<name>.mjs`. */
const BASE_PROGRAMS = ['fill-secrets', 'prepare'] as const;
/** An agent carries these only with the feature that runs them. */
const FEATURE_PROGRAMS = [
  'adopt-tailnet-identity',
  'adopt-profile',
  'await-browser',
  'disk-readiness',
  'install-skills',
  'install-tools',
  'pull-models',
  'selfconfig',
  'trust-certificates',
  'web-terminal-gate',
] as const;
const PROGRAMS = [...BASE_PROGRAMS, ...FEATURE_PROGRAMS].sort();

type PodPrograms = { readonly [name in `${(typeof BASE_PROGRAMS | typeof FEATURE_PROGRAMS)[number]}.mjs`]: string };

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const LINE_LENGTH = 320;

/** All of the text is ours: the programs import nothing but Node built-ins. */
const LICENCE = '// openclaw-gitops, SPDX-License-Identifier: Apache-2.0';

/** The text of every program: the same bytes on every machine. */
export async function buildPodPrograms(): Promise<PodPrograms> {
  const texts = await Promise.all(PROGRAMS.map(async (name) => [`${name}.mjs`, await bundle(`src/pod/${name}/main.ts`)] as const));
  return Object.fromEntries(texts) as PodPrograms;
}

/** What is larger than it may be, one sentence each. */
export function oversized(programs: Readonly<Record<string, string>>): string[] {
  const size = (name: string): number => Buffer.byteLength(programs[`${name}.mjs`] ?? '');
  const base = BASE_PROGRAMS.reduce((sum, name) => sum + size(name), 0);
  return [
    ...(base > BASE_LIMIT_BYTES ? [`${BASE_PROGRAMS.join(', ')}: ${base} of at most ${BASE_LIMIT_BYTES} bytes together`] : []),
    ...FEATURE_PROGRAMS.filter((name) => size(name) > FEATURE_LIMIT_BYTES).map(
      (name) => `${name}: ${size(name)} of at most ${FEATURE_LIMIT_BYTES} bytes`,
    ),
  ];
}

/** The module through which the renderer gets the texts. */
export function generatedModule(programs: PodPrograms): string {
  const entries = Object.entries(programs).map(
    ([name, text]) =>
      `  ${quoted(name)}:\n    ${text
        .match(/[^\n]*\n/g)
        ?.map(quoted)
        .join(' +\n    ')},\n`,
  );
  return `// Written by scripts/build-pod-programs.ts; do not edit.\n\n/** The bundled pod programs by file name. */\nexport const podPrograms = {\n${entries.join('')}};\n`;
}

/** Why a text would not survive ConfigMap, YAML readers and Flux's substitution unchanged; null when it will. */
export function problemOf(text: string): string | null {
  if (/[^\n\x20-\x7e]/.test(text)) return 'a character that is neither printable ASCII nor a line feed';
  if (/ $/m.test(text)) return 'a blank at the end of a line';
  if (text.includes('${') || text.includes('$$')) return 'a sequence that Flux would substitute';
  return null;
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    charset: 'ascii',
    legalComments: 'none',
    lineLimit: LINE_LENGTH,
    // Flux substitutes `${` in every manifest; the programs are to travel unescaped.
    supported: { 'template-literal': false },
    logLevel: 'error',
  });
  // In minified code a raw tab stands only inside a string or a regular expression, where the escape means the same.
  const code = (outputFiles[0]?.text ?? '').replaceAll('\t', String.raw`\t`);
  const text = `${LICENCE}\n${code}`;
  const problem = problemOf(text);
  if (problem !== null) throw new Error(`${entry} bundles to a text with ${problem}`);
  return text;
}

function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const programs = await buildPodPrograms();
  await mkdir(join(ROOT, 'dist/pod'), { recursive: true });
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(ROOT, 'dist/pod', name), text);
    process.stdout.write(`dist/pod/${name} ${text.length} bytes\n`);
  }
  await writeFile(join(ROOT, 'src/generated/pod-programs.ts'), generatedModule(programs));
  for (const sentence of oversized(programs)) {
    process.stdout.write(`${sentence}\n`);
    process.exitCode = 1;
  }
}
