/** The ways to sign in to a guarded registry that the Docker configuration has. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { crane } from './program.ts';
import { PASSWORD } from './token-server.ts';

/** Of the password, by bcrypt. */
const HTPASSWD = 'alice:$2a$04$n4Qt1huO52KskRVMUH8/OO7WEaaLMnww5nCwqFGw/Bdg88vesYbQC\n';

/** The `auth` section of a registry's configuration that lets in alice only. */
export function passwordAuth(directory: string): string {
  return `auth:\n  htpasswd:\n    realm: e2e\n    path: ${written(directory, 'htpasswd', HTPASSWD)}\n`;
}

type Environment = Readonly<Record<string, string>>;

/** With the file that crane writes, and with one that has the wrong password, `hunter2`. */
export async function byFile(directory: string, host: string): Promise<{ readonly right: Environment; readonly wrong: Environment }> {
  const [right, wrong] = [join(directory, 'docker'), join(directory, 'wrong')];
  await crane(directory, ['auth', 'login', host, '-u', 'alice', '-p', PASSWORD], { DOCKER_CONFIG: right });
  await crane(directory, ['auth', 'login', host, '-u', 'alice', '-p', 'hunter2'], { DOCKER_CONFIG: wrong });
  return { right: { DOCKER_CONFIG: right }, wrong: { DOCKER_CONFIG: wrong } };
}

/** With a credential helper that the file names. */
export function byHelper(directory: string): Environment {
  const [helped, bin] = [join(directory, 'helped'), join(directory, 'bin')];
  for (const made of [helped, bin]) mkdirSync(made);
  written(helped, 'config.json', JSON.stringify({ credsStore: 'e2e' }));
  chmodSync(written(bin, 'docker-credential-e2e', `#!/bin/sh\nprintf '{"Username":"alice","Secret":"${PASSWORD}"}'\n`), 0o755);
  return { DOCKER_CONFIG: helped, PATH: `${bin}${delimiter}${process.env['PATH']}` };
}

export function written(directory: string, name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}
