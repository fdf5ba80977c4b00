/** The README's five minutes with Argo CD and with Flux: each command is run, with a kubectl and a kustomize that write down what they get. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { blocks, PROGRAM, README, section, writeNpx } from './readme-commands.ts';

const ROOT = join(import.meta.dirname, '../..');
const REPOSITORY = 'https://github.com/your/agents.git';
const RECORDER = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\nif [ ! -t 0 ]; then cat > /dev/null; fi\n';

interface Outcome {
  readonly directory: string;
  /** Each call of kubectl and kustomize. */
  readonly calls: readonly string[];
}

/** Runs all commands of that section where a repository of agents and a checkout of ours lie. */
function commandsRun(title: string, judge: (outcome: Outcome) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'readme-install-'));
  try {
    mkdirSync(join(directory, 'bin'));
    mkdirSync(join(directory, 'agents'));
    symlinkSync(ROOT, join(directory, 'openclaw-gitops'));
    writeFileSync(
      join(directory, 'agents/my-agent.yaml'),
      blocks(README, 'yaml').find((text) => text.includes('kind: OpenClawInstance')) ?? '',
    );
    for (const name of ['kubectl', 'kustomize']) writeFileSync(join(directory, 'bin', name), RECORDER, { mode: 0o755 });
    writeNpx(join(directory, 'bin'));
    const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b.test', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b.test' };
    const env = {
      ...process.env,
      ...identity,
      GIT_CONFIG_GLOBAL: '/dev/null',
      CALLS: join(directory, 'calls'),
      PATH: `${join(directory, 'bin')}:${process.env['PATH']}`,
    };
    const script = ['git init --quiet .', ...blocks(section(title), 'sh')].join('\n');
    const { status, stderr } = spawnSync('sh', ['-ec', script], { cwd: directory, env, encoding: 'utf8', input: '' });
    assert.equal(status, 0, stderr);
    judge({ directory, calls: readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n').toSorted() });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function objects(directory: string, file: string): readonly { readonly kind: string; readonly spec: Readonly<Record<string, unknown>> }[] {
  return parseAllDocuments(readFileSync(join(directory, file), 'utf8')).map((document) => document.toJS() as never);
}

describe('README, installation', () => {
  test('Argo CD in five minutes', () => {
    commandsRun('Argo CD in five minutes', ({ calls, directory }) => {
      assert.deepEqual(calls, [
        'kubectl apply --server-side --force-conflicts -f -',
        'kubectl apply --server-side -f project.yaml -f agents.yaml',
        'kubectl rollout status --namespace argocd deployment/argocd-repo-server',
        'kustomize build .',
      ]);
      for (const file of ['project.yaml', 'agents.yaml']) {
        const text = readFileSync(join(directory, file), 'utf8');
        assert.ok(text.includes(REPOSITORY) && !text.includes('git.example.com'), file);
      }
    });
  });

  test('Flux in five minutes', () => {
    commandsRun('Flux in five minutes', ({ calls, directory }) => {
      assert.deepEqual(calls, ['kubectl apply --server-side -f flux-agents.yaml']);
      const [repository, kustomization] = objects(directory, 'flux-agents.yaml');
      assert.equal(repository?.spec['url'], REPOSITORY);
      const path = String(kustomization?.spec['path']);
      assert.ok(statSync(join(directory, path, 'manifests.yaml')).isFile(), path);
      const { stdout } = spawnSync('git', ['ls-tree', '-r', '--name-only', 'HEAD'], { cwd: directory, encoding: 'utf8' });
      assert.ok(stdout.includes('rendered/openclaw/my-agent/manifests.yaml'), stdout);
      const check = spawnSync(process.execPath, [PROGRAM, 'render', 'agents/', '--out', 'rendered/', '--check'], { cwd: directory });
      assert.equal(check.status, 0);
    });
  });

  test('the Application is the example of install/argocd, shortened', () => {
    const text = blocks(section('Argo CD in five minutes'), 'yaml').find((block) => block.includes('kind: Application\n')) ?? '';
    const written = parseAllDocuments(text)[0]?.toJS() as { readonly spec: Readonly<Record<string, unknown>> };
    const [example] = objects(ROOT, 'install/argocd/applications/agent.yaml');
    const { syncPolicy: _, ...rest } = written.spec;
    const { syncPolicy: __, ...expected } = example?.spec ?? {};
    assert.deepEqual(rest, expected);
  });

  test('links of install/README.md lead to files', () => {
    for (const [, target = ''] of readFileSync(join(ROOT, 'install/README.md'), 'utf8').matchAll(/\]\((?!http)([^)#]+)\)/g))
      assert.ok(statSync(join(ROOT, 'install', target)), target);
  });
});
