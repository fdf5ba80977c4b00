/** A directory in which commands of the README run as a stranger would copy them. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpx } from '../../test/self/readme-commands.ts';
import { binary } from '../tools/binary.ts';
import type { ApiConnection } from './api-client.ts';
import { writeKubeconfig } from './kubeconfig.ts';

const ROOT = join(import.meta.dirname, '../..');
const TIMEOUT_MILLISECONDS = 180_000;
const IDENTITY = '[user]\nname = e2e\nemail = e2e@example.com\n';

export interface Workplace {
  readonly directory: string;
  /** Settings of git, which all programs that call it heed. */
  readonly gitConfig: string;
  /** Runs a script until its first command that fails, in a directory below that one; the text is of both outputs. */
  readonly run: (script: string, below?: string) => Promise<{ readonly status: number; readonly text: string }>;
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
    const gitConfig = join(directory, '.gitconfig');
    await writeFile(gitConfig, IDENTITY);
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: gitConfig,
      GIT_CONFIG_NOSYSTEM: '1',
      HOME: directory,
      KUBECONFIG: kubeconfig,
      PATH: `${bin}:${process.env['PATH']}`,
    };
    return await check({ directory, gitConfig, run: async (script, below = '.') => await ran(script, join(directory, below), env) });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function ran(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ readonly status: number; readonly text: string }> {
  return await new Promise((resolve) => {
    execFile('sh', ['-euc', script], { cwd, env, maxBuffer: 1 << 26, timeout: TIMEOUT_MILLISECONDS }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, text: `${stdout}${stderr}` });
    });
  });
}
