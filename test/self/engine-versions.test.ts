/** Releases of the engines that documents name are those that install/ is tried on, and those that our tools are built from. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ARGOCD_OPERATOR_VERSION, ARGOCD_VERSIONS, FLUX_VERSIONS } from '../../e2e/tools/engine-versions.ts';
import { INSTALL_README, section } from './readme-commands.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', ...globSync('{install,docs}/**/*.{md,yaml}', { cwd: ROOT }).toSorted()];
const ENGINE = /Argo ?CD|argo-cd|Flux|source-controller|kustomize-controller/;

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function plain(version: string): string {
  return version.replace(/^v/, '');
}

/** 3.10 is newer than 3.9. */
function minor(version: string): number {
  const [first, second] = plain(version).split('.').map(Number);
  return (first ?? 0) * 1000 + (second ?? 0);
}

describe('versions of engines', () => {
  test('every document that fetches Argo CD fetches the newest that the component is tried on', () => {
    const fetching: string[] = [];
    for (const file of DOCUMENTS) {
      for (const [, version] of read(file).matchAll(/argoproj\/argo-cd\S*\?ref=([^\]\s]+)/g)) {
        assert.equal(version, ARGOCD_VERSIONS.newest, file);
        fetching.push(file);
      }
    }
    assert.deepEqual(fetching, ['README.md', 'install/argocd/component/kustomization.yaml']);
  });

  test('no document names another release', () => {
    const known = [...Object.values(ARGOCD_VERSIONS), ...Object.values(FLUX_VERSIONS), ARGOCD_OPERATOR_VERSION].map(plain);
    let named = 0;
    for (const file of DOCUMENTS) {
      for (const line of read(file).split('\n')) {
        if (!ENGINE.test(line)) continue;
        for (const [version] of line.matchAll(/(?<![\w.])\d+\.\d+\.\d+(?![\w.]*\/)/g)) {
          assert.ok(known.includes(version), `${file}: ${line.trim()}`);
          named += 1;
        }
      }
    }
    assert.ok(named > 0);
  });

  test('what an example needs is in the newest Argo CD that it is tried on', () => {
    let needed = 0;
    for (const file of DOCUMENTS) {
      for (const [text, version = ''] of read(file).matchAll(/(?:Argo CD(?:\]\([^)]*\))? ?\(?(?:from )?)(\d+\.\d+)(?= on| or newer)/g)) {
        assert.ok(minor(version) <= minor(ARGOCD_VERSIONS.newest), `${file}: ${text}`);
        needed += 1;
      }
    }
    assert.ok(needed >= 3, `${needed}`);
  });

  test('install/README.md says what each way was tried on', () => {
    const table = section('What it was tried on', INSTALL_README);
    const found = [...table.matchAll(/^\| ([^|]+?) \| ([^|]+?) \|/gm)].slice(1).map(([, what, versions]) => [what, versions]);
    assert.deepEqual(found, [
      ['Argo CD', `${plain(ARGOCD_VERSIONS.oldest)}, ${plain(ARGOCD_VERSIONS.newest)}`],
      ['Argo CD Operator', plain(ARGOCD_OPERATOR_VERSION)],
      ['argo-helm', 'not tried'],
      [
        'Flux',
        Object.entries(FLUX_VERSIONS)
          .map(([name, version]) => `${name} ${plain(version)}`)
          .join(', '),
      ],
    ]);
  });

  test('the tools are built from the same releases', () => {
    assert.ok(read('e2e/tools/argocd/go.mod').includes(`\tgithub.com/argoproj/argo-cd/v3 ${ARGOCD_VERSIONS.newest}\n`));
    const controller = `\tgithub.com/fluxcd/kustomize-controller ${FLUX_VERSIONS['kustomize-controller']}\n`;
    assert.ok(read('e2e/tools/flux/go.mod').includes(controller));
  });
});
