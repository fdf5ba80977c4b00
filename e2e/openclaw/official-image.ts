import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { installation } from './cache.ts';
import { openclawImage } from './images.ts';

const EXTENSIONS = 'node_modules/openclaw/dist/extensions';
const PLUGIN = 'diagnostics-otel';

/** The full image that `latest` leads to: the release with a stand-in for the one plugin that npm lacks. `env` is the image's. */
export function officialImage(version: string, env: Readonly<Record<string, string>>): ContainerImage {
  const slim = openclawImage(version);
  return {
    ...slim,
    matches: (reference) => reference === 'ghcr.io/openclaw/openclaw:latest',
    contains: [...slim.contains, { source: extensions(version), target: `/opt/openclaw/${EXTENSIONS}` }],
    env: { ...slim.env, ...env },
  };
}

/** The release's own plugins and the stand-in: OpenClaw looks for what comes with it in one directory. */
function extensions(version: string): string {
  const directory = join(SANDBOX_DIRECTORY, 'extensions', version);
  rmSync(directory, { recursive: true, force: true });
  cpSync(join(installation(version), EXTENSIONS), directory, { recursive: true });
  const program = readFileSync(fileURLToPath(import.meta.resolve('./programs/metrics-plugin.ts')), 'utf8');
  const manifest = { name: `@openclaw/${PLUGIN}`, version, type: 'module', openclaw: { extensions: ['./index.js'] } };
  const plugin = {
    id: PLUGIN,
    name: PLUGIN,
    activation: { onStartup: true },
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
  };
  mkdirSync(join(directory, PLUGIN));
  for (const [name, text] of [
    ['package.json', JSON.stringify(manifest)],
    ['openclaw.plugin.json', JSON.stringify(plugin)],
    ['index.js', stripTypeScriptTypes(program)],
  ] as const)
    writeFileSync(join(directory, PLUGIN, name), text);
  return directory;
}
