/** A volume, and stand-ins for OpenClaw's and npm's command lines that fail as told: for faults that the real ones show too seldom. */
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { InstallSkillsPlan, PlannedPackage, PlannedPlugin, PlannedSkill } from '../../../src/lib/pod-plan.ts';
import type { Finished, Run } from '../../../src/pod/command.ts';
import { RECORD_FILE } from '../../../src/pod/installed-record.ts';
import { installSkills } from '../../../src/pod/install-skills/install-skills.ts';

interface Plugin {
  readonly package: string;
  readonly id: string;
  readonly version: string;
  readonly source: 'clawhub' | 'npm';
}

export class World {
  readonly volume: string;
  readonly temporary: string;
  /** Every command that was run, without the program and scratch paths. */
  readonly commands: string[] = [];
  readonly lines: string[] = [];
  /** What the registries have. */
  newest = { skill: '1.2.0', package: '2.0.0', plugin: '1.1.0' };
  integrity = 'sha256-right';
  /** Commands that begin so fail, as often as it says. */
  readonly failing = new Map<string, number>();
  readonly plugins = new Map<string, Plugin>();
  pluginId = 'greeter';
  #needsMigration = false;
  env: NodeJS.ProcessEnv = {};

  private constructor(directory: string) {
    this.volume = join(directory, 'data');
    this.temporary = join(directory, 'tmp');
  }

  static async of(t: TestContext): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'install-skills-test-'));
    t.after(() => rm(directory, { recursive: true, force: true }));
    const world = new World(directory);
    await mkdir(join(world.volume, 'openclaw'), { recursive: true });
    await mkdir(world.temporary);
    return world;
  }

  path(...parts: string[]): string {
    return join(this.volume, ...parts);
  }

  read(...parts: string[]): Promise<string> {
    return readFile(this.path(...parts), 'utf8').catch(() => '');
  }

  async write(text: string, ...parts: string[]): Promise<void> {
    await mkdir(dirname(this.path(...parts)), { recursive: true });
    await writeFile(this.path(...parts), text);
  }

  /** Another release starts on this volume. */
  async updateOpenClaw(): Promise<void> {
    this.#needsMigration = true;
    await this.write(JSON.stringify({ gateway: {}, agent: true }), 'agent.json');
  }

  async record(): Promise<readonly { readonly key: string; readonly paths: readonly string[] }[]> {
    return (JSON.parse(await this.read(RECORD_FILE)) as { installed: { key: string; paths: string[] }[] }).installed;
  }

  /** Runs the installer; the commands of this run alone are returned. */
  async install(parts: Partial<InstallSkillsPlan>, waitsSeconds?: readonly number[]): Promise<readonly string[]> {
    const before = this.commands.length;
    const plan: InstallSkillsPlan = {
      schema: 1,
      volume: this.volume,
      onFailure: 'fail',
      openclaw: ['openclaw'],
      config: { gateway: { mode: 'local' } },
      stateDirectory: this.path('openclaw'),
      agentConfig: this.path('agent.json'),
      skills: [],
      packages: [],
      plugins: [],
      pluginOptions: ['--force'],
      ...parts,
    };
    await installSkills(plan, {
      log: { did: (line) => this.lines.push(line), warn: (line) => this.lines.push(`warning: ${line}`) },
      run: (run) => this.#run(run),
      env: this.env,
      temporary: this.temporary,
      ...(waitsSeconds === undefined ? {} : { waitsSeconds }),
    });
    return this.commands.slice(before);
  }

  async #run({ argv, env, cwd }: Run): Promise<Finished> {
    const command = argv.map((word) => word.replaceAll(cwd, '')).join(' ');
    this.commands.push(command.replace(/^openclaw /, ''));
    for (const [prefix, times] of this.failing) {
      if (!command.includes(prefix) || times <= 0) continue;
      this.failing.set(prefix, times - 1);
      return { code: 1, stdout: '', trouble: 'getaddrinfo EAI_AGAIN' };
    }
    const [program, ...args] = argv;
    const stdout = program === 'npm' ? await this.#npm(args) : await this.#openclaw(args, env);
    return stdout === null
      ? { code: 1, stdout: '', trouble: this.#needsMigration ? 'schema migration required; run openclaw doctor --fix' : 'not understood' }
      : { code: 0, stdout, trouble: '' };
  }

  async #openclaw([group, action, ...rest]: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
    const state = env['OPENCLAW_STATE_DIR'] ?? '';
    const config = JSON.parse(await readFile(env['OPENCLAW_CONFIG_PATH'] ?? '', 'utf8')) as object;
    if (!('gateway' in config)) return null;
    if (group === 'skills' && action === 'install') {
      const [owner, slug = owner ?? ''] = (rest[0] ?? '').split('/');
      const installedVersion = rest.includes('--version') ? (rest[rest.indexOf('--version') + 1] ?? '') : this.newest.skill;
      const ownerHandle = slug === owner ? 'somebody' : owner?.slice(1);
      const origin = { slug, ownerHandle, installedVersion, artifact: { integrity: this.integrity } };
      const directory = join(state, 'skills', slug);
      await mkdir(join(directory, '.clawhub'), { recursive: true });
      await writeFile(join(directory, 'SKILL.md'), `${slug} ${installedVersion}`);
      await writeFile(join(directory, '.clawhub/origin.json'), JSON.stringify(origin));
      await mkdir(join(state, '.clawhub'), { recursive: true });
      await writeFile(join(state, '.clawhub/lock.json'), JSON.stringify({ version: 1, skills: { [slug]: { version: installedVersion } } }));
      return 'Installed';
    }
    if (group === 'doctor') {
      this.#needsMigration = !('agent' in config);
      return 'Doctor complete.';
    }
    if (group !== 'plugins' || this.#needsMigration) return null;
    if (action === 'inspect') return JSON.stringify([...this.plugins.values()].map((plugin) => this.#inspected(plugin)));
    if (action === 'uninstall') return this.plugins.delete(rest[0] ?? '') ? 'Uninstalled' : null;
    const [, source = '', name = '', version = this.newest.plugin] = /^(clawhub|npm):(.+?)(?:@([^/@]+))?$/.exec(rest[0] ?? '') ?? [];
    const plugin = { package: name, id: this.pluginId, version, source: source as Plugin['source'] };
    this.plugins.set(plugin.id, plugin);
    await this.write(JSON.stringify({ version }), 'openclaw/extensions', plugin.id, 'package.json');
    return 'Installed';
  }

  #inspected({ package: name, id, version, source }: Plugin): object {
    const from = source === 'npm' ? { resolvedName: name } : { clawhubPackage: name };
    return {
      plugin: { id, version, rootDir: this.path('openclaw/extensions', id) },
      install: { source, version, integrity: this.integrity, ...from },
    };
  }

  async #npm([action, ...rest]: readonly string[]): Promise<string | null> {
    if (action === 'view') return `${this.integrity}\n`;
    if (action === 'pack') {
      const [, name = '', version = ''] = /^(.+)@([^@]+)$/.exec(rest.at(-1) ?? '') ?? [];
      const packed = { filename: `${name}.tgz`, version: version === 'latest' ? this.newest.package : version, integrity: this.integrity };
      await writeFile(join(rest[rest.indexOf('--pack-destination') + 1] ?? '', packed.filename), packed.version);
      return JSON.stringify([packed]);
    }
    const tarball = rest.at(-1) ?? '';
    const name = tarball.slice(tarball.lastIndexOf('/') + 1, -'.tgz'.length);
    await this.write(JSON.stringify({ version: await readFile(tarball, 'utf8') }), '.local/lib/node_modules', name, 'package.json');
    await mkdir(this.path('.local/bin'), { recursive: true });
    await rm(this.path('.local/bin', name), { force: true });
    await symlink(`../lib/node_modules/${name}/cli.js`, this.path('.local/bin', name));
    return 'added 1 package';
  }
}

export function skill(parts: Partial<PlannedSkill> = {}): PlannedSkill {
  return {
    key: 'skill:openclaw/skills/notes',
    name: '@team/notes@1.0.0',
    owner: 'team',
    slug: 'notes',
    version: '1.0.0',
    integrity: null,
    root: 'openclaw',
    ...parts,
  };
}

export function npmPackage(parts: Partial<PlannedPackage> = {}): PlannedPackage {
  return { key: 'package:tool', name: 'npm:tool@1.0.0', package: 'tool', version: '1.0.0', integrity: null, ...parts };
}

export function plugin(parts: Partial<PlannedPlugin> = {}): PlannedPlugin {
  return {
    key: 'plugin:npm:@team/greeter',
    name: 'npm:@team/greeter@1.0.0',
    source: 'npm',
    package: '@team/greeter',
    version: '1.0.0',
    integrity: null,
    id: 'greeter',
    ...parts,
  };
}
