/** The example install/flux/directory.yaml on a repository as the README has it: what source-controller takes of it, and what is applied. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { CheckResult } from '../cluster/report.ts';
import { fluxBuild, fluxKeeps } from '../tools/flux.ts';

const ROOT = join(import.meta.dirname, '../..');
const AGENT = join(ROOT, 'golden/guide-first-agent/input/my-agent.yaml');
const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');
/** What may lie beside the rendered files; among it what looks like them. */
const BESIDE = ['README.md', '.github/workflows/ci.yaml', 'more/rendered/manifests.yaml', 'rendered.yaml'];

interface Example {
  readonly kind: string;
  readonly spec: { readonly ignore?: string; readonly path?: string };
}

export async function checkRepository(): Promise<CheckResult> {
  const root = mkdtempSync(join(tmpdir(), 'openclaw-gitops-flux-'));
  try {
    for (const file of BESIDE) {
      mkdirSync(join(root, file, '..'), { recursive: true });
      writeFileSync(join(root, file), '');
    }
    mkdirSync(join(root, 'agents'));
    cpSync(AGENT, join(root, 'agents/my-agent.yaml'));
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
    execFileSync(process.execPath, [PROGRAM, 'render', 'agents/', '--out', 'rendered/'], { cwd: root, stdio: 'ignore' });
    const rendered = readdirSync(join(root, 'rendered'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    const text = readFileSync(join(ROOT, 'install/flux/directory.yaml'), 'utf8');
    const [repository, kustomization] = parseAllDocuments(text).map((document) => document.toJS() as Example);
    const kept = await fluxKeeps(root, repository?.spec.ignore ?? '');
    const all = await fluxKeeps(root, '');
    const failures: string[] = [];
    if (kept.toSorted().join() !== rendered.toSorted().join())
      failures.push(`the artifact holds ${kept.join(', ')}; rendered are ${rendered.join(', ')}`);
    if (all.length <= kept.length) failures.push(`control: without the filter the artifact holds ${all.join(', ')}`);
    const [build] = await fluxBuild([join(root, kustomization?.spec.path ?? '')]);
    const applied = build !== undefined && 'objects' in build ? build.objects.map(({ kind }) => kind) : [];
    if (!applied.includes('StatefulSet')) failures.push(`of its path Flux applies ${JSON.stringify(applied)}`);
    return { summary: `${kept.length} of ${all.length} files in the artifact, ${applied.length} objects applied`, rows: [], failures };
  } finally {
    rmSync(root, { recursive: true });
  }
}
