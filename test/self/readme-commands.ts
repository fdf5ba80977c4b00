/** Sections and commands of the README, for tests that run them as a stranger would copy them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
export const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
export const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');

export function section(title: string): string {
  return README.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}

export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block ?? '');
}

/** Makes an `npx` whose `openclaw-gitops` is the program as it is built here. */
export function writeNpx(binDirectory: string): void {
  const script = `#!/bin/sh\n[ "$1" = openclaw-gitops ] || exit 127\nshift\nexec ${process.execPath} ${PROGRAM} "$@"\n`;
  writeFileSync(join(binDirectory, 'npx'), script, { mode: 0o755 });
}
