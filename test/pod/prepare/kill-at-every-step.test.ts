import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PreparePlan } from '../../../src/lib/pod-plan.ts';
import { type Kill, Killed, hasMiddle, killedAt } from '../support/killed-file-system.ts';
import { becomePodUser } from '../support/pod-user.ts';
import { planFor, runPrepare } from '../support/run-prepare.ts';
import { fill, giveAway, makeVolume, scratch, testFileSystem, treeOf } from '../support/volume.ts';

// Ownership by others is pretended here and real in state-directory.test.ts and program.test.ts.
becomePodUser();

interface Scenario {
  readonly title: string;
  readonly make: (directory: string) => Promise<PreparePlan>;
  /** Lines of the final tree that show that nothing was lost. */
  readonly keeps: readonly RegExp[];
}

const STRANGER = 2000;

const scenarios: readonly Scenario[] = [
  {
    title: 'POD-260 the operator layout is adopted and everything placed',
    make: async (directory) => {
      const volume = await makeVolume(join(directory, 'data'));
      await fill(volume, {
        'openclaw.json': '{"broken": ',
        'agents/main/sessions.sqlite': 'rows',
        'frozen/inner.txt': 'kept',
        frozen: { mode: 0o555 },
        dangling: { link: '/nowhere' },
        'workspace/SOUL.md': 'edited by the agent',
        'workspace/skills/old/SKILL.md': 'left the plan',
        '.cache/npm/x': 'stays',
        'lost+found': null,
        '.skillpack-manifest': 'skills/old/SKILL.md\n/etc/passwd\n',
      });
      await fill(directory, {
        'source/soul': 'seed',
        'source/tools': 'seed tools',
        'source/skill': 'pack',
        'source/openclaw.json': '{"gateway":{"mode":"local"}}',
      });
      const source = join(directory, 'source');
      const state = join(volume, 'openclaw');
      return planFor(volume, {
        directories: [
          { path: join(volume, '.cache'), mode: '0700' },
          { path: join(volume, '.local'), mode: '0700' },
          { path: join(state, 'workspace'), mode: '0700' },
        ],
        links: [{ path: join(state, 'latest'), target: 'workspace' }],
        files: [
          { source: join(source, 'soul'), target: join(state, 'workspace/SOUL.md') },
          { source: join(source, 'tools'), target: join(state, 'workspace/docs/TOOLS.md') },
        ],
        replaceSets: [
          {
            root: join(state, 'workspace'),
            record: join(volume, '.skillpack-manifest'),
            files: [{ source: join(source, 'skill'), path: 'skills/new/SKILL.md' }],
          },
        ],
        listen: { directory: join(volume, '.local/nginx'), ports: [18780] },
        config: { source: join(source, 'openclaw.json'), target: join(state, 'openclaw.json'), mode: 'merge', forcePaths: [] },
      });
    },
    keeps: [
      /openclaw\/frozen 555 own/,
      /frozen\/inner.txt .* "kept"/,
      /openclaw\/dangling {2}own -> \/nowhere/,
      /sessions.sqlite .* "rows"/,
      /SOUL.md .* "edited by the agent"/,
      /unparsable-[0-9a-f]{8}\.bak 600 own "\{\\"broken\\": "/,
      /new\/SKILL.md .* "pack"/,
      /data\/\.cache\/npm\/x .* "stays"/,
    ],
  },
  {
    title: 'a state directory that kubelet made is moved aside and its entries come back',
    make: async (directory) => {
      const volume = await makeVolume(join(directory, 'data'));
      await fill(volume, {
        'openclaw/openclaw.json': '{}',
        'openclaw/frozen/deep': 'kept',
        'openclaw/frozen': { mode: 0o555 },
        'openclaw/link': { link: 'openclaw.json' },
        openclaw: { mode: 0o2777 },
        '.cache': { mode: 0o2777 },
      });
      await giveAway(join(volume, 'openclaw'), 0);
      await giveAway(join(volume, '.cache'), 0);
      return planFor(volume, { directories: [{ path: join(volume, '.cache'), mode: '0700' }] });
    },
    keeps: [/openclaw 700 own/, /openclaw\/frozen 555 own/, /deep .* "kept"/, /link {2}own -> openclaw.json/, /\.cache 700 own/],
  },
  {
    title: 'a state directory of another user is copied and the original kept',
    make: async (directory) => {
      const volume = await makeVolume(join(directory, 'data'));
      await fill(volume, {
        'openclaw/openclaw.json': '{}',
        'openclaw/frozen/deep': 'kept',
        'openclaw/frozen': { mode: 0o555 },
        'openclaw/link': { link: 'openclaw.json' },
      });
      await giveAway(join(volume, 'openclaw'), STRANGER, { deep: true });
      return planFor(volume);
    },
    keeps: [
      /data\/openclaw 700 own/,
      /openclaw\/frozen 555 own/,
      /data\/openclaw\/frozen\/deep .* own "kept"/,
      /openclaw\/link {2}own -> openclaw.json/,
      /\.openclaw-gitops-openclaw\.kept\/frozen\/deep .* "kept"/,
    ],
  },
  {
    title: 'an operator layout of two users is adopted, the foreign part by copying',
    make: async (directory) => {
      const volume = await makeVolume(join(directory, 'data'));
      await fill(volume, { 'openclaw.json': '{}', 'agents/a': 'own', 'media/b': 'foreign' });
      await giveAway(join(volume, 'media'), STRANGER, { deep: true });
      return planFor(volume);
    },
    keeps: [/data\/openclaw\/agents\/a .* "own"/, /data\/openclaw\/media\/b .* own "foreign"/, /data\/media\/b .* "foreign"/],
  },
];

for (const { title, make, keeps } of scenarios) {
  test(`${title}; killed at any change, the next run ends the same`, async (t) => {
    const directory = await scratch(t);
    let made = 0;
    const expected = await ended(Number.POSITIVE_INFINITY, 'before');
    for (const pattern of keeps)
      assert.ok(
        expected.tree.some((line) => pattern.test(line)),
        `${pattern} in\n${expected.tree.join('\n')}`,
      );
    assert.ok(expected.changes.length > 5);
    for (const [step, change] of expected.changes.entries()) {
      for (const kill of ['before', 'halfway'] as const) {
        if (kill === 'halfway' && !hasMiddle(change)) continue;
        const { tree } = await ended(step, kill);
        assert.deepEqual(tree, expected.tree, `killed ${kill} ${change}, change ${step}`);
      }
    }

    async function ended(step: number, kill: Kill): Promise<{ readonly tree: readonly string[]; readonly changes: readonly string[] }> {
      made += 1;
      const root = await makeVolume(join(directory, String(made)), 0o777);
      const plan = await make(root);
      const { fs, changes } = killedAt(testFileSystem, step, kill);
      await runPrepare(plan, fs).catch((error: unknown) => assert.ok(error instanceof Killed, String(error)));
      if (step !== Number.POSITIVE_INFINITY) await runPrepare(plan);
      return { tree: await treeOf(root), changes };
    }
  });
}
