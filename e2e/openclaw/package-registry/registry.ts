/** The stand-in registries as a program of the pod's network, the variables that lead to them, and the switch that breaks them. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from '../../pod-runner/program.ts';
import { SANDBOX_DIRECTORY } from '../../pod-runner/sandbox.ts';
import { pnpmPackage } from '../cache.ts';

/** Outside the ports that OpenClaw keeps for itself. */
const PORT = 4873;
const BROKEN_FILE = join(SANDBOX_DIRECTORY, 'registries-are-broken');

export const registry: Program = {
  name: 'package-registry',
  argv: [process.execPath, fileURLToPath(import.meta.resolve('./server.ts')), String(PORT), BROKEN_FILE, pnpmPackage],
  port: PORT,
};

export const REGISTRY_ENV: readonly { readonly name: string; readonly value: string }[] = [
  { name: 'CLAWHUB_URL', value: `http://127.0.0.1:${PORT}/clawhub` },
  { name: 'NPM_CONFIG_REGISTRY', value: `http://127.0.0.1:${PORT}/npm/` },
  { name: 'COREPACK_NPM_REGISTRY', value: `http://127.0.0.1:${PORT}/npm` },
];

/** Runs `work` while neither registry answers: what an outage looks like from the pod. */
export async function whileBroken<T>(work: () => Promise<T>): Promise<T> {
  writeFileSync(BROKEN_FILE, '');
  try {
    return await work();
  } finally {
    rmSync(BROKEN_FILE);
  }
}
