/** What a machine cannot judge is told at the end of .ci/run, and fails wherever nobody gave leave. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const LINE =
  'the commands of the README, by kpt: not judged here, kpt is not installed (it takes kpt in the PATH; no package of Debian, npm or Go gives it)';
/** What a stage does that kpt judges; `exit` shows that it goes on. */
const STAGE = `import { kptJudges } from '${join(ROOT, 'e2e/kustomize/kpt.ts')}';
process.exitCode = kptJudges('the commands of the README') ? 1 : 0;`;

function withDirectory(work: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'gaps-'));
  try {
    work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs that stage on a machine without kpt. */
function stage(env: NodeJS.ProcessEnv) {
  const script = ['--input-type=module', '--eval', STAGE];
  return spawnSync(process.execPath, script, { encoding: 'utf8', env: { PATH: '/nowhere', ...env } });
}

describe('a gap', () => {
  test('fails the stage without leave, and says how to give it', () => {
    for (const env of [{}, { CI: 'true' }, { OPENCLAW_GITOPS_MAY_LACK: 'arm64' }]) {
      const { status, stderr } = stage(env);
      assert.equal(status, 1);
      assert.ok(stderr.includes(`Error: ${LINE}; OPENCLAW_GITOPS_MAY_LACK=kpt leaves it out`), stderr);
    }
  });

  test('with leave is written down, and the stage goes on', () => {
    withDirectory((directory) => {
      const gaps = join(directory, 'gaps');
      const { status, stderr } = stage({ OPENCLAW_GITOPS_MAY_LACK: 'arm64,kpt', OPENCLAW_GITOPS_GAPS: gaps });
      assert.deepEqual([status, stderr, readFileSync(gaps, 'utf8')], [0, `${LINE}\n`, `${LINE}\n`]);
    });
  });

  for (const [title, failing, expected] of [
    ['that passes', '', 0],
    ['that fails later', 'bench', 1],
  ] as const)
    test(`is the last line of a run of .ci/run ${title}`, () => {
      withDirectory((directory) => {
        const { gapped, whole } = ciRuns(directory, failing);
        assert.deepEqual([gapped.status, whole.status], [expected, expected], gapped.stderr);
        assert.equal(gapped.stdout.trimEnd().split('\n').at(-1), `=== GAP: ${LINE}`);
        assert.equal(whole.stdout.trimEnd().split('\n').at(-1), '=== no gap: the stages that ran left nothing out');
      });
    });
});

/** The real .ci/run with an npm that does nothing but what a stage with a gap does, and with one that does nothing. */
function ciRuns(directory: string, failing: string) {
  mkdirSync(join(directory, '.ci'));
  copyFileSync(join(ROOT, '.ci/run'), join(directory, '.ci/run'));
  chmodSync(join(directory, '.ci/run'), 0o755);
  writeFileSync(join(directory, 'stage.mjs'), STAGE);
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\n', { mode: 0o755 });
  const npm = `#!/bin/sh
[ "$2" != "${failing || 'nothing'}" ] || exit 1
[ "$2:$GAPPED" = e2e:kustomize:yes ] || exit 0
PATH=/nowhere exec ${process.execPath} stage.mjs
`;
  writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
  const run = (gapped: string) =>
    spawnSync('bash', [join(directory, '.ci/run')], {
      encoding: 'utf8',
      env: { PATH: [bin, process.env['PATH']].join(delimiter), GAPPED: gapped },
    });
  return { gapped: run('yes'), whole: run('no') };
}
