/** What `render --out` writes for every golden case, built by kustomize: the same objects as are printed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { renderOut } from '../../src/commands/render-out/render-out.ts';
import { toJsonLine } from '../../src/output/json-lines.ts';
import { render } from '../../src/render.ts';
import { withSortedKeys, type Json } from '../../src/lib/json.ts';
import { caseInput, goldenCases } from '../../test/golden/golden-case.ts';

/** Cases whose text kustomize would change or refuse: nothing may be written for them. */
const REFUSED = ['odd-text'];

/** Whether all is as it should be; says what is not. */
export async function renderedDirectories(kustomize: string): Promise<boolean> {
  const root = mkdtempSync(join(tmpdir(), 'rendered-directories-'));
  const problems: string[] = [];
  let built = 0;
  let objects = 0;
  try {
    for (const golden of goldenCases()) {
      const { files, options } = await caseInput(golden);
      const rendered = render(files, options);
      if (!golden.keepsManifests || rendered.refused) continue;
      const path = join(root, golden.name);
      const report = renderOut(rendered.groups, { path, shownPath: golden.name, isCheck: false, command: '' });
      const rules = report.problems.map(({ rule }) => rule);
      if (REFUSED.includes(golden.name) || rules.length > 0) {
        if (!REFUSED.includes(golden.name) || rules.some((rule) => rule !== 'out/kustomize-text') || rules.length === 0)
          problems.push(`golden/${golden.name}: render --out says ${rules.join(', ') || 'nothing'}`);
        continue;
      }
      const build = spawnSync(kustomize, ['build', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
      const expected = sortedLines(rendered.objects);
      const found = sortedLines(parseAllDocuments(build.stdout).map((document) => document.toJS() as Json));
      if (build.status !== 0) problems.push(`golden/${golden.name}: kustomize says ${build.stderr.slice(0, 500)}`);
      else if (found.join('') !== expected.join('')) problems.push(`golden/${golden.name}: ${difference(expected, found)}`);
      built += 1;
      objects += expected.length;
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  for (const problem of problems) console.error(problem);
  console.log(`kustomize built ${built} rendered directories; ${objects} objects, ${problems.length} problems`);
  return problems.length === 0 && built > 50;
}

/** kustomize has an order of its own, of objects and of keys. */
function sortedLines(objects: Iterable<Json>): string[] {
  return Array.from(objects, (object) => toJsonLine(withSortedKeys(object))).toSorted();
}

function difference(expected: readonly string[], found: readonly string[]): string {
  const missing = expected.find((line) => !found.includes(line));
  const strange = found.find((line) => !expected.includes(line));
  return `expected ${missing?.slice(0, 300) ?? 'no more'}, found ${strange?.slice(0, 300) ?? 'nothing'}`;
}
