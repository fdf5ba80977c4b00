/** Sections and commands of the README, for tests that run them as a stranger would copy them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
export const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
export const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');

export const INSTALL_README = readFileSync(join(ROOT, 'install/README.md'), 'utf8');

/** Who runs the commands below each heading, and how many there are: a command that is added has to be run, too. */
export const RUN_BY: Readonly<Record<string, readonly [commands: number, file: string]>> = {
  'README.md: openclaw-gitops': [2, 'test/self/readme.test.ts'],
  'README.md: Quick start': [6, 'e2e/cluster/checks/installation-readme.ts'],
  'README.md: Commands': [1, 'test/self/readme.test.ts'],
  'README.md: Push to a registry': [1, 'test/self/readme.test.ts'],
  'README.md: Argo CD in five minutes': [5, 'e2e/cluster/checks/installation-readme.ts'],
  'README.md: Flux in five minutes': [5, 'e2e/cluster/checks/installation-readme.ts'],
  'README.md: As a KRM function': [4, 'e2e/kustomize/readme.test.ts'],
  'README.md: Rendered files in Git': [2, 'test/self/readme.test.ts'],
  'README.md: Adopt an operator installation': [12, 'e2e/cluster/checks/adoption-readme.ts'],
  // With a base and a tag of the test's own: those of the README are examples.
  'README.md: The image': [1, 'e2e/image/image.test.ts'],
  'install/README.md: Rights of the companion': [2, 'e2e/cluster/checks/installation-readme.ts'],
};

/** How many commands stand below each heading, of whatever level, that has some. */
export function commandCounts(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [file, text] of Object.entries({ 'README.md': README, 'install/README.md': INSTALL_README })) {
    for (const part of `\n${text}`.split(/\n#+ (?=\S.*\n\n)/).slice(1)) {
      const commands = blocks(part, 'sh').flatMap((block) => block.trimEnd().split('\n'));
      if (commands.length > 0) counts[`${file}: ${part.split('\n')[0]}`] = commands.length;
    }
  }
  return counts;
}

/** What stands below that heading; empty where there is none. */
export function section(title: string, text = README): string {
  return text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}

export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block ?? '');
}

/** Makes an `npx` whose `openclaw-gitops` is the program as it is built here. */
export function writeNpx(binDirectory: string): void {
  const script = `#!/bin/sh\n[ "$1" = openclaw-gitops ] || exit 127\nshift\nexec ${process.execPath} ${PROGRAM} "$@"\n`;
  writeFileSync(join(binDirectory, 'npx'), script, { mode: 0o755 });
}
