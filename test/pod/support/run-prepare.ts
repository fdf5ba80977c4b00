import type { PreparePlan } from '../../../src/lib/pod-plan.ts';
import type { Log } from '../../../src/pod/log.ts';
import type { FileSystem } from '../../../src/pod/prepare/file-system.ts';
import { prepare } from '../../../src/pod/prepare/prepare.ts';
import { explainSystemErrors } from '../../../src/pod/prepare/system-error.ts';
import { POD_UID, asPodUser } from './pod-user.ts';
import { testFileSystem } from './volume.ts';

export type PlanParts = Partial<Omit<PreparePlan, 'schema' | 'state'>> & { readonly keepAtRoot?: readonly string[] };

export function planFor(volume: string, { keepAtRoot = ['.cache'], ...parts }: PlanParts = {}): PreparePlan {
  return {
    schema: 1,
    state: { volume, directory: 'openclaw', keepAtRoot },
    directories: [],
    links: [],
    files: [],
    replaceSets: [],
    listen: null,
    config: null,
    ...parts,
  };
}

/** Runs prepare in this process as the pod's user; returns what it said. */
export async function runPrepare(plan: PreparePlan, fs: FileSystem = testFileSystem, hasIpv6 = true): Promise<readonly string[]> {
  const lines: string[] = [];
  const log: Log = { did: (line) => lines.push(line), warn: (line) => lines.push(`warning: ${line}`) };
  const context = { fs, log, uid: POD_UID };
  await asPodUser(() => explainSystemErrors(context, () => prepare(context, plan, async () => hasIpv6)));
  return lines;
}
