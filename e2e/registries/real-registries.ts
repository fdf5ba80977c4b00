/** The four registries: between them they page with links, cut lists without one, and list everything at once. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary } from '../tools/binary.ts';
import { debianFile } from '../tools/debian.ts';
import { startServer, type ServerProcess } from './server-process.ts';

export const REGISTRIES = ['registry 3.1.2', 'docker-registry 2.8.2', 'crane registry 0.22.1', 'ocireg'] as const;
export type RegistryName = (typeof REGISTRIES)[number];

/** The two that can ask who comes; an excerpt of their configuration. */
export const GUARDED = ['registry 3.1.2', 'docker-registry 2.8.2'] as const;

export async function startRegistry(name: RegistryName, directory: string, auth = ''): Promise<ServerProcess> {
  mkdirSync(directory, { recursive: true });
  const log = join(directory, 'log.txt');
  switch (name) {
    case 'crane registry 0.22.1': {
      const crane = await binary('crane');
      return startServer((host) => [crane, 'registry', 'serve', '--address', host], log);
    }
    case 'ocireg': {
      const ocireg = await binary('ocireg');
      return startServer((host) => [ocireg, host], log);
    }
    case 'registry 3.1.2':
    case 'docker-registry 2.8.2': {
      const program = name === 'registry 3.1.2' ? await binary('registry') : await debianFile('docker-registry', 'usr/bin/docker-registry');
      return startServer((host) => [program, 'serve', configuration(directory, host, auth)], log);
    }
    default:
      return name satisfies never;
  }
}

function configuration(directory: string, host: string, auth: string): string {
  const file = join(directory, 'config.yml');
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${join(directory, 'storage')}\n  delete:\n    enabled: true\n`;
  writeFileSync(file, `version: 0.1\nlog:\n  level: error\n${storage}http:\n  addr: ${host}\n${auth}`);
  return file;
}
