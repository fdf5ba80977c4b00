/** The rule about text that cannot go through kustomize, against the real one: characters of every sort, each on its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { brokenByKustomize } from '../../src/kube/kustomize-text.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { CheckResult } from '../cluster/report.ts';
import { TRIED_CHARACTERS } from '../tried-characters.ts';
import { fluxBuild } from '../tools/flux.ts';
import { writeManifests } from './written.ts';

/** kustomize prints blanks after them that only readers of YAML 1.1 take out again: Flux does, others would keep them. */
const DEPENDS_ON_READER: ReadonlySet<number> = new Set([0x2028, 0x2029]);

export async function checkCharacters(): Promise<CheckResult> {
  const root = mkdtempSync(join(tmpdir(), 'openclaw-gitops-flux-'));
  try {
    const codes = TRIED_CHARACTERS;
    const objects = codes.map((code): JsonObject => {
      const text = `a${String.fromCodePoint(code)}b`;
      const metadata = { name: 'a', namespace: 'agents', annotations: { text, lines: `one\n ${text} \n` } };
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    });
    const directories = objects.map((object, index) => {
      const directory = join(root, String(index));
      writeManifests([{ instance: null, objects: [object] }], directory);
      return directory;
    });
    const builds = await fluxBuild(directories);
    const failures: string[] = [];
    let broken = 0;
    for (const [index, code] of codes.entries()) {
      const arrives = isDeepStrictEqual(builds[index], { objects: [objects[index]] });
      if (!arrives) broken += 1;
      const isWarned = brokenByKustomize(String.fromCodePoint(code)) !== null;
      if (DEPENDS_ON_READER.has(code) ? !(arrives && isWarned) : arrives === isWarned)
        failures.push(`U+${code.toString(16)} ${arrives ? 'arrives' : 'does not arrive'}`);
    }
    return {
      summary: `${codes.length} characters, of which ${broken} do not arrive, as the rule says, and ${DEPENDS_ON_READER.size} arrive with this reader`,
      rows: [],
      failures,
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}
