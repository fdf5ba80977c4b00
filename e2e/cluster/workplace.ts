/** A directory in which commands of the README run as a stranger would copy them. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpx } from '../../test/self/readme-commands.ts';
import { binary } from '../tools/binary.ts';
import type { ApiConnection } from './api-client.ts';
import { writeKubeconfig } from './kubeconfig.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Workplace {
  readonly directory: string;
  readonly run: (script: string) => Promise<{ readonly status: number; readonly text: string }>;
}

/** Its home is the directory, in its PATH are the program as it is built here, kubectl and kustomize, and its cluster is this one. */
export async function withWorkplace<Result>(connection: ApiConnection, check: (workplace: Workplace) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-workplace-'));
  try {
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
    const bin = join(directory, 'bin');
    await mkdir(bin);
    writeNpx(bin);
    await symlink(await binary('kubectl'), join(bin, 'kubectl'));
    await symlink(await binary('kustomize'), join(bin, 'kustomize'));
    const kubeconfig = join(directory, 'kubeconfig');
    await writeKubeconfig(kubeconfig, connection);
    const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b.test', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b.test' };
    const env = { ...process.env, ...identity, HOME: directory, KUBECONFIG: kubeconfig, PATH: `${bin}:${process.env['PATH']}` };
    return await check({ directory, run: async (script) => await ran(script, directory, env) });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function ran(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ readonly status: number; readonly text: string }> {
  return await new Promise((resolve) => {
    execFile('sh', ['-euc', script], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, text: `${stdout}${stderr}` });
    });
  });
}
