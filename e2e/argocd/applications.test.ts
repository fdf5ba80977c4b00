/** What Argo CD's own generators and templates make of our ApplicationSets, over a Git repository with agents that come and go. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { binary } from '../tools/binary.ts';
import { agent } from './repository.ts';

const run = promisify(execFile);
const INSTALL = join(import.meta.dirname, '../../install/argocd/applications');

interface MadeApplication {
  readonly name: string;
  readonly problems: readonly string[];
  readonly path: string;
  readonly files: readonly string[];
}

describe('the ApplicationSets, by the code of Argo CD', () => {
  let root = '';
  let program = '';
  before(async () => {
    program = await binary('argocd-judge');
    root = mkdtempSync(join(tmpdir(), 'applications-'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  /** A repository whose branch holds these files. */
  function checkout(files: Readonly<Record<string, string>>): string {
    const path = mkdtempSync(join(root, 'repository-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    git(path, 'init', '--quiet');
    commit(path);
    return path;
  }

  async function applications(set: string, path: string): Promise<readonly MadeApplication[]> {
    const { stdout } = await run(program, ['applications', join(INSTALL, set), join(INSTALL, 'project.yaml'), path]);
    const lines = stdout.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as MadeApplication).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  test('an Application for each file, also a broken one, and none for what is read with every agent', async () => {
    const path = checkout({
      'README.md': '# Agents\n',
      'agents/ada.yaml': agent('ada'),
      'agents/bob.yaml': agent('bob', ', unknown: true'),
      'agents/cluster-defaults.yaml': 'kind: OpenClawClusterDefaults\n',
      'agents/eve.yaml': agent('eve'),
      'agents/openclaw.lock.d/eve.yaml': 'a: b\n',
      'agents/openclaw.lock.yaml': 'images: {}\n',
      'others/mallory.yaml': agent('mallory'),
    });
    assert.deepEqual(await applications('agents.yaml', path), [made('ada'), made('bob'), made('eve')]);

    rmSync(join(path, 'agents/ada.yaml'));
    commit(path);
    assert.deepEqual(await applications('agents.yaml', path), [made('bob'), made('eve')]);
  });

  test('odd names of files give names that Kubernetes takes', async () => {
    const path = checkout({
      'agents/My_Agent.yaml': agent('one'),
      'agents/über agent.yaml': agent('two'),
      'agents/3.yaml': agent('three'),
    });
    const found = await applications('agents.yaml', path);
    assert.deepEqual(
      found.map(({ files, problems }) => [...files, ...problems].join()).toSorted((one, other) => (one < other ? -1 : 1)),
      ['3.yaml', 'My_Agent.yaml', 'über agent.yaml'],
    );
    assert.equal(new Set(found.map(({ name }) => name)).size, 3);
  });

  test('while a file is no YAML at all, Argo CD makes no list, so that nothing is added or deleted', async () => {
    const path = checkout({ 'agents/ada.yaml': agent('ada'), 'agents/bob.yaml': 'kind: [\n' });
    await assert.rejects(applications('agents.yaml', path), /agents\/bob\.yaml/);
  });

  test('an Application for each rendered directory of an agent', async () => {
    const path = checkout({
      'rendered/shared.yaml': 'kind: ConfigMap\n',
      'rendered/team-a/ada/kustomization.yaml': 'resources: []\n',
      'rendered/team-b/ada/kustomization.yaml': 'resources: []\n',
    });
    assert.deepEqual(await applications('rendered-agents.yaml', path), [
      { name: 'openclaw-team-a-ada', problems: [], path: 'rendered/team-a/ada', files: [] },
      { name: 'openclaw-team-b-ada', problems: [], path: 'rendered/team-b/ada', files: [] },
    ]);
  });
});

function made(name: string): MadeApplication {
  return { name: `openclaw-${name}`, problems: [], path: 'agents', files: [`${name}.yaml`] };
}

function commit(path: string): void {
  git(path, 'add', '--all');
  git(path, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'agents');
}

function git(path: string, ...command: readonly string[]): void {
  execFileSync('git', ['-C', path, ...command]);
}
