import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { InstallToolsPlan } from '../../../src/lib/pod-plan.ts';
import type { Finished, Run } from '../../../src/pod/command.ts';
import { installTools } from '../../../src/pod/install-tools/install-tools.ts';

const PNPM = { version: '11.28.11', digest: 'sha512.aa' };

/** Stand-ins for corepack, uv and what they bring: for faults that the real ones show too seldom. */
class Machine {
  readonly home: string;
  readonly commands: string[] = [];
  readonly lines: string[] = [];
  readonly failing = new Set<string>();
  hasCorepack = true;
  env: NodeJS.ProcessEnv = {};
  /** What uv was told to trust. */
  authorities = '';
  #pnpm: string | null = null;

  private constructor(home: string) {
    this.home = home;
  }

  static async of(t: TestContext): Promise<Machine> {
    const home = await mkdtemp(join(tmpdir(), 'install-tools-test-'));
    t.after(() => rm(home, { recursive: true, force: true }));
    const machine = new Machine(home);
    await machine.write('uv 0.12.5', 'image/uv');
    return machine;
  }

  async write(text: string, path: string): Promise<void> {
    await mkdir(dirname(join(this.home, path)), { recursive: true });
    await writeFile(join(this.home, path), text);
  }

  async install(parts: Partial<InstallToolsPlan>): Promise<readonly string[]> {
    const before = this.commands.length;
    const python = { version: '3.12.14', uv: join(this.home, 'image/uv'), directory: join(this.home, 'python') };
    const plan: InstallToolsPlan = { schema: 1, onFailure: 'fail', binDirectory: join(this.home, 'bin'), pnpm: PNPM, python, ...parts };
    await installTools(plan, {
      log: { did: (line) => this.lines.push(line), warn: (line) => this.lines.push(`warning: ${line}`) },
      run: (run) => this.#run(run),
      env: this.env,
      temporary: this.home,
    });
    return this.commands.slice(before);
  }

  /** The image changes: the shims lead nowhere, what corepack fetched is still there. */
  changeImage(): void {
    this.#enabled = false;
  }

  #enabled = false;

  async #run({ argv, env }: Run): Promise<Finished> {
    const command = argv.map((word) => word.replaceAll(`${this.home}/`, '')).join(' ');
    this.commands.push(command);
    const said = (stdout: string): Finished => ({ code: 0, stdout: `${stdout}\n`, trouble: '' });
    const failed = (trouble: string): Finished => ({ code: 1, stdout: '', trouble });
    if ([...this.failing].some((part) => command.includes(part))) return failed('getaddrinfo EAI_AGAIN');
    if (command === 'bin/pnpm --version') return this.#enabled && this.#pnpm !== null ? said(this.#pnpm) : failed('ENOENT');
    if (command.startsWith('corepack') && !this.hasCorepack) return failed('ENOENT');
    if (command === 'corepack --version') return said('0.34.6');
    if (command.startsWith('corepack enable')) this.#enabled = true;
    if (command.startsWith('corepack prepare')) this.#pnpm = /pnpm@([\d.]+)\+/.exec(command)?.[1] ?? null;
    if (command === 'bin/uv --version') return said(await readFile(join(this.home, 'bin/uv'), 'utf8'));
    if (command === 'bin/python3 --version') return readFile(join(this.home, 'bin/python3'), 'utf8').then(said, () => failed('ENOENT'));
    if (command.startsWith('bin/uv python install')) {
      this.authorities = await readFile(env['SSL_CERT_FILE'] ?? '', 'utf8').catch(() => '');
      const version = argv.at(-1) ?? '';
      await this.write(`Python ${version}`, `python/cpython-${version}-linux-x86_64-gnu/bin/python3`);
    }
    return said('');
  }
}

test('everything is installed once; the next start only looks', async (t) => {
  const machine = await Machine.of(t);
  const commands = await machine.install({});
  assert.deepEqual(
    commands.filter((command) => !command.endsWith('--version')),
    [
      'corepack enable pnpm --install-directory bin',
      'corepack prepare pnpm@11.28.11+sha512.aa --activate',
      'bin/uv python install --install-dir python --no-progress 3.12.14',
    ],
  );
  assert.deepEqual(machine.lines, ['installed pnpm 11.28.11', 'installed uv 0.12.5', 'installed Python 3.12.14']);
  assert.equal(await readlink(join(machine.home, 'bin/python')), '../python/cpython-3.12.14-linux-x86_64-gnu/bin/python3');
  assert.deepEqual(await machine.install({}), ['bin/pnpm --version', 'bin/python3 --version']);
});

test('another image with the same corepack needs no network for pnpm', async (t) => {
  const machine = await Machine.of(t);
  await machine.install({ python: null });
  machine.changeImage();
  const commands = await machine.install({ python: null });
  assert.ok(!commands.some((command) => command.startsWith('corepack prepare')), commands.join('\n'));
  assert.deepEqual((await machine.install({ python: null })).length, 1);
});

test('a newer uv of the image replaces the one on the volume; another Python is linked', async (t) => {
  const machine = await Machine.of(t);
  await machine.install({ pnpm: null });
  await machine.write('uv 0.13.0', 'image/uv');
  const python = { version: '3.12.15', uv: join(machine.home, 'image/uv'), directory: join(machine.home, 'python') };
  await machine.install({ pnpm: null, python });
  assert.equal(await readFile(join(machine.home, 'bin/uv'), 'utf8'), 'uv 0.13.0');
  assert.equal(await readlink(join(machine.home, 'bin/python3')), '../python/cpython-3.12.15-linux-x86_64-gnu/bin/python3');
});

test('without a network both are told, and the agent waits', async (t) => {
  const machine = await Machine.of(t);
  machine.failing.add('corepack prepare').add('python install');
  await assert.rejects(machine.install({}), {
    message: 'cannot install pnpm:\ngetaddrinfo EAI_AGAIN\ncannot install Python 3.12.14:\ngetaddrinfo EAI_AGAIN',
    hint: 'the agent waits until everything is installed; the annotation gitops.openclaw.rocks/install-failure: start lets it start without',
  });
});

test('by the policy "start" the agent starts with what there is', async (t) => {
  const machine = await Machine.of(t);
  machine.failing.add('corepack prepare');
  await machine.install({ onFailure: 'start' });
  assert.deepEqual(machine.lines, [
    'installed uv 0.12.5',
    'installed Python 3.12.14',
    'warning: starting without: cannot install pnpm:\ngetaddrinfo EAI_AGAIN',
  ]);
});

test('an image without corepack is named as the reason', async (t) => {
  const machine = await Machine.of(t);
  machine.hasCorepack = false;
  await assert.rejects(machine.install({ python: null }), /the image has no corepack:\nENOENT\n {2}hint: use an image that has it/);
});

test("uv trusts the public authorities and the user's", async (t) => {
  const machine = await Machine.of(t);
  await machine.install({ pnpm: null });
  assert.equal(machine.authorities, '');
  await machine.write('-----OWN-----', 'ca.pem');
  machine.env = { NODE_EXTRA_CA_CERTS: join(machine.home, 'ca.pem') };
  await rm(join(machine.home, 'bin/python3'));
  await machine.install({ pnpm: null });
  assert.match(machine.authorities, /BEGIN CERTIFICATE[^]*-----OWN-----$/);
});
