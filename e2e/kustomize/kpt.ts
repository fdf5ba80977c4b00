import { spawnSync } from 'node:child_process';
import { reportGap } from '../tools/gaps.ts';

/** Whether kpt judges here, too; where it cannot, that is a gap. */
export function kptJudges(what: string): boolean {
  const { error, status, stderr } = spawnSync('kpt', ['version'], { encoding: 'utf8' });
  if (status === 0) return true;
  reportGap('kpt', `${what}, by kpt`, error ? 'kpt is not installed' : `"kpt version" ends with ${status}: ${stderr.trim()}`);
  return false;
}
