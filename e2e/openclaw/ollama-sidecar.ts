/** Ollama's image, and the registry that its models come from, as the pod reaches it by the real one's name. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selfSignedCertificate } from '../../test/pod/support/self-signed-certificate.ts';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { NODE_ADDRESS } from '../pod-runner/pod-network.ts';
import type { Program } from '../pod-runner/program.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { binary } from '../tools/binary.ts';

/** Where Ollama looks for models, and where it is sent to for their layers. */
const REGISTRY = 'registry.ollama.ai';
const STORAGE = 'models.example.com';
const DIRECTORY = join(SANDBOX_DIRECTORY, 'model-registry');
const certificate = selfSignedCertificate([REGISTRY, STORAGE]);

export const MODEL_HOSTS = { [REGISTRY]: NODE_ADDRESS, [STORAGE]: NODE_ADDRESS };
/** The authority that vouches for the registry, and the file that has it once the registry runs. */
export const MODEL_AUTHORITY = certificate.cert;
export const MODEL_AUTHORITY_FILE = join(DIRECTORY, 'cert.pem');

/** As its Dockerfile has it. */
export async function ollamaImage(): Promise<ContainerImage> {
  return {
    matches: (reference) => /^docker\.io\/ollama\/ollama[:@]/.test(reference),
    contains: [{ source: await binary('ollama'), target: '/usr/local/bin/ollama' }],
    links: [],
    entrypoint: ['/usr/local/bin/ollama'],
    cmd: ['serve'],
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      NVIDIA_VISIBLE_DEVICES: 'all',
      OLLAMA_HOST: '0.0.0.0:11434',
    },
    workingDir: '/',
    user: { name: 'root', uid: 0, gid: 0, home: '/root' },
    stopSignal: 'SIGTERM',
  };
}

export function modelRegistry(): Program {
  mkdirSync(DIRECTORY, { recursive: true });
  const files = { 'key.pem': certificate.key, 'cert.pem': certificate.cert };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(DIRECTORY, name), text);
  const program = fileURLToPath(import.meta.resolve('./programs/model-registry.ts'));
  return {
    name: 'model-registry',
    argv: [process.execPath, program, ...Object.keys(files).map((name) => join(DIRECTORY, name)), STORAGE],
    port: 443,
  };
}
