import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOLDEN } from '../../test/golden/golden-case.ts';

/** The input files of a golden case, by path; in `namespace` where the case has them in `agents`, so that cases do not meet. */
export function goldenInput(name: string, namespace: string): Readonly<Record<string, Uint8Array>> {
  const root = join(GOLDEN, name, 'input');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      const bytes = readFileSync(path);
      const isText = /\.(ya?ml|json)$/.test(file.name);
      return [
        path.slice(root.length + 1),
        isText ? Buffer.from(bytes.toString().replaceAll(/\bnamespace: (agents|openclaw)$/gm, `namespace: ${namespace}`)) : bytes,
      ];
    }),
  );
}
