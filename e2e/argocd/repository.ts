/** A checkout with an application in it, as the repo-server sends it. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GOLDEN } from '../../test/golden/golden-case.ts';

export const APPLICATION = 'teams/a';

export interface Content {
  /** Golden case whose input is the application. */
  readonly golden?: string;
  /** Texts by path in the application. */
  readonly files?: Readonly<Record<string, string>>;
  /** Targets by path in the application. */
  readonly links?: Readonly<Record<string, string>>;
}

/** Makes a checkout below `root`, with what every checkout has besides. */
export function repository(root: string, { golden, files = {}, links = {} }: Content): string {
  const path = mkdtempSync(join(root, 'repository-'));
  const application = join(path, APPLICATION);
  mkdirSync(application, { recursive: true });
  if (golden !== undefined) cpSync(join(GOLDEN, golden, 'input'), application, { recursive: true });
  const all = {
    '.argocd-source-a.yaml': 'plugin: {}\n',
    '../../.git/HEAD': 'ref: refs/heads/main\n',
    'run.sh': '#!/bin/sh\nexit 1\n',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(application, name)), { recursive: true });
    writeFileSync(join(application, name), text);
  }
  chmodSync(join(application, 'run.sh'), 0o755);
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(application, name));
  return path;
}

export function agent(name: string, spec = ''): string {
  return `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ${name}, namespace: agents}\nspec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}]${spec}}\n`;
}
