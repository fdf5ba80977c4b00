/** A real npm registry on a loopback port, and the real npm to publish to it. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { verdaccio } from '../tools/verdaccio.ts';
import { startServer, type ServerProcess } from './server-process.ts';

export interface NpmServer extends ServerProcess {
  /** Of a user who may publish, and read what is private. */
  readonly token: string;
}

/** Packages of the scope `@private` are for users only. */
const CONFIGURATION = `storage: ./storage
auth:
  htpasswd:
    file: ./htpasswd
packages:
  '@private/*':
    access: $authenticated
    publish: $authenticated
  '**':
    access: $all
    publish: $authenticated
log:
  type: stdout
  format: pretty
  level: warn
`;

export async function startNpmServer(directory: string): Promise<NpmServer> {
  mkdirSync(directory, { recursive: true });
  const configuration = join(directory, 'config.yaml');
  writeFileSync(configuration, CONFIGURATION);
  const program = await verdaccio();
  const isReady = (host: string): Promise<boolean> =>
    fetch(`http://${host}/-/ping`).then(
      ({ ok }) => ok,
      () => false,
    );
  const server = await startServer(
    (host) => [process.execPath, program, '--config', configuration, '--listen', host],
    join(directory, 'log.txt'),
    isReady,
  );
  const answer = await fetch(`http://${server.host}/-/user/org.couchdb.user:ada`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'ada', password: 'a password of ada' }),
  });
  const { token } = (await answer.json()) as { token?: string };
  if (token === undefined) throw new Error(`the registry made no user: ${answer.status}`);
  return { ...server, token };
}

/** Runs the real npm with the settings in `directory`. */
export async function npm(directory: string, args: readonly string[], cwd = directory): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    npm_config_cache: join(directory, 'npm-cache'),
    npm_config_update_notifier: 'false',
  };
  return (await promisify(execFile)('npm', [...args], { cwd, env, maxBuffer: 1 << 24 })).stdout;
}

/** Publishes a package with these files under a tag. */
export async function publish(
  directory: string,
  name: string,
  version: string,
  files: Readonly<Record<string, string>>,
  tag = 'latest',
): Promise<void> {
  const folder = join(directory, 'packages', `${name.replace('/', '+')}-${version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, description: 'For a test.', license: 'Apache-2.0' }));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  await npm(directory, ['publish', '--tag', tag, '--access', 'public'], folder);
}
