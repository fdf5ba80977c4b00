/** Docker's credential helpers: programs that hand out what a key ring holds. Run only when the Docker configuration names one. */
import { spawn } from 'node:child_process';
import { isJsonObject } from '../../lib/json.ts';
import type { Environment } from '../http/connections.ts';
import { RemoteError } from '../remote-error.ts';
import type { Credentials } from './docker-config.ts';

/** A key ring may ask its owner first. */
const TIME_LIMIT_MILLISECONDS = 60_000;
const MOST_OUTPUT_BYTES = 64 * 1024;
/** The user name that marks the secret as an identity token. */
const IDENTITY_TOKEN = '<token>';

/** What the helper has for `server`, or null when it has nothing. What it says is never repeated: it may hold secrets. */
export async function askCredentialProgram(name: string, server: string, env: Environment): Promise<Credentials | null> {
  const program = `docker-credential-${name}`;
  // A name with a separator would run a file of the current directory.
  if (!/^[\w.-]+$/.test(name)) throw new RemoteError('the Docker configuration', 'names a credential helper that is no name of a program');
  const { status, output } = await run(program, server, env);
  if (status !== 0) {
    if (/credentials not found/i.test(output)) return null;
    throw new RemoteError(program, `fails with exit code ${status}`);
  }
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw new RemoteError(program, 'does not answer in JSON');
  }
  const { Username: username, Secret: secret } = isJsonObject(answer) ? answer : {};
  if (typeof username !== 'string' || typeof secret !== 'string' || secret === '') return null;
  return username === IDENTITY_TOKEN ? { kind: 'identity', token: secret } : { kind: 'password', username, password: secret };
}

function run(program: string, input: string, env: Environment): Promise<{ status: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | null; output: string }>();
  // In the session of the user, since a key ring may ask at the terminal.
  const child = spawn(program, ['get'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const timer = setTimeout(() => stop(`does not answer within ${TIME_LIMIT_MILLISECONDS / 1000} s`), TIME_LIMIT_MILLISECONDS);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > MOST_OUTPUT_BYTES) stop(`answers with more than ${MOST_OUTPUT_BYTES} bytes`);
  });
  // A helper that ends before it has read the question says why by its exit code.
  child.stdin.on('error', () => undefined).end(input);
  child.on('error', ({ code }: NodeJS.ErrnoException) => {
    stop(code === 'ENOENT' ? 'is not installed, and the Docker configuration names it' : `cannot be run (${code})`);
  });
  child.on('close', (status) => {
    clearTimeout(timer);
    resolve({ status, output });
  });
  return promise;

  function stop(reason: string): void {
    clearTimeout(timer);
    reject(new RemoteError(program, reason));
    child.kill('SIGKILL');
    child.stdout.destroy();
  }
}
