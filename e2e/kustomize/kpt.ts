import { spawnSync } from 'node:child_process';

/** Whether kpt can judge here too; where it cannot, standard error says what stays unjudged. No package of npm or Go gives it. */
export function kptJudges(what: string): boolean {
  const isInstalled = spawnSync('kpt', ['version']).status === 0;
  if (!isInstalled) console.error(`kpt is not installed, and does not judge ${what}`);
  return isInstalled;
}
