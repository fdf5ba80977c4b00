/** Every golden case that renders, as the files that `render --out` and `push` make of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../src/lib/json.ts';
import { render } from '../../src/render.ts';
import { caseInput, goldenCases } from '../../test/golden/golden-case.ts';
import type { CheckResult } from '../cluster/report.ts';
import { fluxBuild, type FluxBuild } from '../tools/flux.ts';
import { writeManifests } from './written.ts';

/** Nobody's manifest: applied, it would be seen. */
const STRAY = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: stray, namespace: default}\n';

/** The rule about text that cannot go through kustomize. */
const WARNED_BY = 'control-character';

export async function checkGoldens(): Promise<CheckResult> {
  const root = mkdtempSync(join(tmpdir(), 'openclaw-gitops-flux-'));
  try {
    const cases: { name: string; directory: string; objects: JsonObject[]; isWarned: boolean }[] = [];
    for (const golden of goldenCases()) {
      const { files, options } = await caseInput(golden);
      const { groups, objects, diagnostics } = render(files, options);
      const all = [...objects];
      if (all.length === 0) continue;
      const directory = join(root, String(cases.length));
      writeManifests(groups, directory);
      writeFileSync(join(directory, 'stray.yaml'), STRAY);
      cases.push({ name: golden.name, directory, objects: all, isWarned: diagnostics.some(({ rule }) => rule === WARNED_BY) });
    }
    const builds = await fluxBuild(cases.map(({ directory }) => directory));
    const failures: string[] = [];
    let [applied, warned] = [0, 0];
    for (const [index, { name, objects, isWarned }] of cases.entries()) {
      const problem = difference(builds[index], objects);
      if (isWarned && problem === null) failures.push(`${name}: is warned by ${WARNED_BY}, and arrives`);
      if (!isWarned && problem !== null) failures.push(`${name}: ${problem}`);
      if (isWarned) warned += 1;
      else applied += objects.length;
    }
    if (warned === 0) failures.push(`no case is warned by ${WARNED_BY}`);
    const summary = `${cases.length - warned} directories, ${applied} objects applied as they were rendered; ${warned} not, as ${WARNED_BY} says`;
    return { summary, rows: [], failures };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Why these objects are not what Flux would apply, or null. */
function difference(build: FluxBuild | undefined, objects: readonly JsonObject[]): string | null {
  if (build === undefined) return 'has no answer';
  if ('error' in build) return build.error;
  try {
    assert.deepEqual(build.objects, objects);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
