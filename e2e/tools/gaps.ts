/**
 * What a machine cannot judge, and nobody can install for it. Without leave such a part fails; with it, named in `OPENCLAW_GITOPS_MAY_LACK`,
 * it is left out and written down in the file `OPENCLAW_GITOPS_GAPS`, which .ci/run prints last.
 */
import { appendFileSync } from 'node:fs';

/** What each part takes of the machine. */
const PARTS = {
  arm64: 'root, and a kernel with binfmt_misc that lets it be mounted',
  kpt: 'kpt in the PATH; no package of Debian, npm or Go gives it',
} as const;

/** Writes down that `what` is not judged here, and why; throws unless that may be. */
export function reportGap(part: keyof typeof PARTS, what: string, why: string): void {
  const allowed = (process.env['OPENCLAW_GITOPS_MAY_LACK'] ?? '').split(',');
  const line = `${what}: not judged here, ${why} (it takes ${PARTS[part]})`.replaceAll(/\s+/g, ' ');
  if (!allowed.includes(part)) throw new Error(`${line}; OPENCLAW_GITOPS_MAY_LACK=${part} leaves it out`);
  console.error(line);
  const file = process.env['OPENCLAW_GITOPS_GAPS'];
  if (file) appendFileSync(file, `${line}\n`);
}
