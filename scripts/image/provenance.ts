/** Where an image comes from, as git knows it. */
import { execFileSync } from 'node:child_process';

export interface Provenance {
  /** Seconds since 1970 of the commit: the same wherever it is built. */
  readonly epoch: string;
  /** The commit, unless the checkout differs from it. */
  readonly revision?: string;
  /** URL of the repository, unless it is a directory of this machine. */
  readonly source?: string;
}

/** `SOURCE_DATE_EPOCH` goes before the time of the commit; nothing is known outside of a repository. */
export function provenance(checkout: string, variables: NodeJS.ProcessEnv): Provenance {
  const git = (...args: readonly string[]): string => textOf(checkout, args);
  const given = variables['SOURCE_DATE_EPOCH'] ?? '';
  if (given !== '' && !/^\d+$/.test(given)) throw new Error(`SOURCE_DATE_EPOCH is "${given}"; expected seconds since 1970`);
  const revision = git('status', '--porcelain') === '' ? git('rev-parse', '--verify', '--quiet', 'HEAD') : '';
  const source = sourceUrl(git('config', 'remote.origin.url'));
  return {
    epoch: given || git('log', '-1', '--format=%ct') || '0',
    ...(revision === '' ? {} : { revision }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Without credentials and names of people; a path says nothing to anybody else. */
function sourceUrl(remote: string): string | undefined {
  const [, user = '', host = '', path = ''] = /^(?:([^@/:]+)@)?([^/:]+):(?!\/\/)(.+)$/.exec(remote) ?? [];
  const text = host === '' ? remote : `ssh://${user === '' ? '' : `${user}@`}${host}/${path.replace(/^\//, '')}`;
  if (!/^(https?|ssh):\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // By this name everybody signs in.
  if (url.protocol !== 'ssh:' || url.username !== 'git') url.username = '';
  url.password = '';
  url.search = '';
  return url.href;
}

function textOf(checkout: string, args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
