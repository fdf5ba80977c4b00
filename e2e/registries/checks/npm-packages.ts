/** Skills and plugins from a real npm registry: what `lock` writes is what the real npm says, and what is private stays so. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CheckResult } from '../../cluster/report.ts';
import { imagesOf, pushImages, writeAgent } from '../agents.ts';
import { npm, publish, startNpmServer } from '../npm-server.ts';
import { openclawGitops, type Ran } from '../program.ts';
import { pusher } from '../push.ts';

/** An agent each: one agent cannot have two versions of a package. */
const FETCH = { bob: 'npm:fetch@1', cyd: 'npm:fetch@1.2', dan: 'npm:fetch@beta', eve: 'npm:fetch@1.0.0' };
const SKILLS = ['npm:fetch', 'npm:@private/notes'];
const PLUGINS = ['npm:@private/voice', 'npm:plain'];

interface Entry {
  readonly version: string;
  readonly integrity?: string;
  readonly id?: string;
}

export async function checkNpmPackages(host: string, directory: string): Promise<CheckResult> {
  writeAgent(directory, host, { skills: SKILLS, plugins: PLUGINS });
  for (const [name, skill] of Object.entries(FETCH)) writeAgent(directory, host, { skills: [skill] }, name);
  await pushImages(await imagesOf(directory, host), host, pusher(host), 'npm');
  const server = await startNpmServer(join(directory, 'registry'));
  try {
    const open = `registry=http://${server.host}/\n`;
    const signedIn = `${open}//${server.host}/:_authToken=${server.token}\n`;
    const settings = (text: string): void => writeFileSync(join(directory, '.npmrc'), text);
    settings(signedIn);
    for (const [version, tag] of [['1.0.0'], ['1.2.3'], ['1.10.0'], ['2.0.0'], ['3.0.0-beta.1', 'beta']] as const)
      await publish(directory, 'fetch', version, { 'SKILL.md': `# ${version}\n` }, tag);
    await npm(directory, ['deprecate', 'fetch@1.10.0', 'broken']);
    await publish(directory, '@private/notes', '0.1.0', { 'SKILL.md': '# Notes\n' });
    await publish(directory, '@private/voice', '4.5.6', { 'openclaw.plugin.json': '{"id": "voice-call"}' });
    await publish(directory, 'plain', '1.0.0', {});

    const lock = (...args: readonly string[]): Promise<Ran> => openclawGitops(directory, ['lock', 'agents', '--registry', host, ...args]);
    settings(open);
    const stranger = await lock();
    assert.equal(stranger.code, 1);
    assert.equal(stranger.err.split('\n').filter((line) => /^error: "npm:@private\/.*cannot be locked/.test(line)).length, 2, stranger.err);
    assert.doesNotMatch(stranger.err, /npm:fetch/);
    assert.match(stranger.err, /^warning: "npm:plain": its archive does not say under which id OpenClaw knows it$/m);

    settings(signedIn);
    const locked = await lock();
    assert.deepEqual([locked.code, locked.err], [0, '']);
    const { skills, plugins } = parse(readFileSync(join(directory, 'agents/openclaw.lock.yaml'), 'utf8')) as Record<
      'skills' | 'plugins',
      Record<string, Entry>
    >;
    assert.equal(skills['npm:fetch@1']?.version, '1.2.3', 'what was taken back is passed over');
    assert.deepEqual([plugins['npm:@private/voice']?.id, plugins['npm:plain']?.id], ['voice-call', undefined]);
    for (const [name, { version, integrity }] of [...Object.entries(skills), ...Object.entries(plugins)]) {
      const said = JSON.parse(await npm(directory, ['view', name.slice('npm:'.length), 'version', 'dist.integrity', '--json'])) as unknown;
      // Of several versions that match, npm tells all.
      const [last] = [said].flat().slice(-1) as { version: string; 'dist.integrity': string }[];
      if (name !== 'npm:fetch@1')
        assert.deepEqual({ version, integrity }, { version: last?.version, integrity: last?.['dist.integrity'] }, name);
    }

    rmSync(join(directory, 'registry/storage'), { recursive: true });
    assert.match((await lock('--check')).out, /up to date/);
    return {
      summary: `${SKILLS.length + Object.keys(FETCH).length} skills and ${PLUGINS.length} plugins locked as npm says, private ones with a token only`,
      rows: [],
      failures: [],
    };
  } finally {
    await server.stop();
  }
}
