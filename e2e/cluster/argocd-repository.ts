/** The repository that the README fetches Argo CD's manifests from, made from the files that its Go module has of that release. */
import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ARGOCD_TOOLCHAIN } from '../tools/binary.ts';
import { goModuleDirectory } from '../tools/go-module.ts';
import type { Workplace } from './workplace.ts';

const ARGOCD_REPOSITORY = 'https://github.com/argoproj/argo-cd';

/** Makes git, with these settings, find that release and no other behind its address. */
export async function argocdRepository({ directory, gitConfig }: Workplace, version: string): Promise<void> {
  const repository = join(directory, 'argo-cd.git');
  await mkdir(repository);
  const module = await goModuleDirectory(`github.com/argoproj/argo-cd/v3@${version}`, ARGOCD_TOOLCHAIN);
  await cp(join(module, 'manifests'), join(repository, 'manifests'), { recursive: true, mode: 0 });
  await appendFile(gitConfig, `[url "file://${repository}"]\ninsteadOf = ${ARGOCD_REPOSITORY}\n`);
  const git = (...args: readonly string[]): void => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: gitConfig, GIT_CONFIG_NOSYSTEM: '1' };
    execFileSync('git', ['-C', repository, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', version);
  git('tag', version);
}
