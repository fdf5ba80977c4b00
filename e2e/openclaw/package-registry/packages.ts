/** What the stand-in registries have: skills of ClawHub, one plugin on npm, one on ClawHub, and one npm package with a command. */
import type { Files } from './archives.ts';

export interface Release {
  readonly name: string;
  readonly version: string;
  readonly files: Files;
}

function plugin(name: string, id: string, version: string): Release {
  return {
    name,
    version,
    files: {
      'package.json': JSON.stringify({
        name,
        version,
        type: 'module',
        main: './index.js',
        openclaw: { extensions: ['./index.js'], compat: { pluginApi: '>=2026.1.1' } },
      }),
      'openclaw.plugin.json': JSON.stringify({
        id,
        name: id,
        version,
        description: 'Greets in the log.',
        activation: { onStartup: true },
        configSchema: { type: 'object', additionalProperties: false, properties: {} },
      }),
      'index.js': `export default { id: ${JSON.stringify(id)}, register() { console.log(${JSON.stringify(`greeting of ${id} ${version}`)}); } };\n`,
    },
  };
}

export const NPM_PACKAGES: readonly Release[] = [
  plugin('@example/openclaw-greeter', 'greeter', '1.0.0'),
  plugin('@example/openclaw-greeter', 'greeter', '1.1.0'),
  {
    name: 'greet-command',
    version: '2.0.0',
    files: {
      'package.json': JSON.stringify({ name: 'greet-command', version: '2.0.0', bin: { greet: './greet.js' } }),
      'greet.js': '#!/usr/bin/env node\nconsole.log("hello from npm");\n',
    },
  },
];

export const CLAWHUB_PLUGINS: readonly Release[] = [plugin('herald', 'herald', '3.0.0')];

export interface SkillRelease extends Release {
  readonly owner: string;
}

function skill(owner: string, name: string, version: string): SkillRelease {
  return {
    owner,
    name,
    version,
    files: {
      'SKILL.md': `---\nname: ${name}\ndescription: Says hello, release ${version}.\n---\nSay hello.\n`,
      'hello.txt': `${version}\n`,
    },
  };
}

export const CLAWHUB_SKILLS: readonly SkillRelease[] = [
  skill('example', 'hello', '1.0.0'),
  skill('example', 'hello', '1.2.0'),
  skill('example', 'wave', '0.1.0'),
  skill('anthropic', 'mcp-server-fetch', '1.0.0'),
];
