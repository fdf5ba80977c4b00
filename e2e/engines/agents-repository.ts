/** The Git repository of somebody's agents, served over HTTP by the real git. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startGitHttp } from '../registries/git-server.ts';

export interface AgentsRepository {
  readonly url: string;
  /** Writes these texts, takes away the files whose text is null, and pushes; the revision comes back. */
  readonly commit: (files: Readonly<Record<string, string | Uint8Array | null>>) => string;
  readonly stop: () => Promise<void>;
}

export async function startAgentsRepository(directory: string): Promise<AgentsRepository> {
  const bare = join(directory, 'served/agents.git');
  const checkout = join(directory, 'checkout');
  const identity = {
    GIT_AUTHOR_NAME: 'e2e',
    GIT_AUTHOR_EMAIL: 'e2e@example.com',
    GIT_COMMITTER_NAME: 'e2e',
    GIT_COMMITTER_EMAIL: 'e2e@example.com',
  };
  // Nobody's own settings of git have a say.
  const env = { PATH: process.env['PATH'], HOME: directory, GIT_CONFIG_NOSYSTEM: '1', ...identity };
  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', checkout, ...args], { encoding: 'utf8', env }).trim();
  mkdirSync(checkout, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare], { env });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', bare);
  const server = await startGitHttp(join(directory, 'served'));

  return { url: `${server.url}agents.git`, commit, stop: server.stop };

  function commit(files: Readonly<Record<string, string | Uint8Array | null>>): string {
    for (const [name, text] of Object.entries(files)) {
      const path = join(checkout, name);
      if (text === null) {
        rmSync(path);
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message', `change ${Object.keys(files).join(', ')}`);
    git('push', '--quiet', 'origin', 'main');
    return git('rev-parse', 'HEAD');
  }
}
