/** A web site of a company: beyond the pod, behind a certificate of an authority that only the company knows. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfigMap, KubeObject } from '../../src/kube/types.ts';
import { run } from '../pod-runner/command.ts';
import { NODE_ADDRESS } from '../pod-runner/pod-network.ts';
import type { Program } from '../pod-runner/program.ts';
import { CACHE } from './cache.ts';

const HOST = 'intranet.example.com';
const PORT = 8443;
const CA_CONFIG_MAP = 'company-ca';

export const INTRANET_URL = `https://${HOST}:${PORT}/`;
export const INTRANET_HOSTS = { [HOST]: NODE_ADDRESS };

const DIRECTORY = join(CACHE, 'intranet');
const [CA_KEY, CA, KEY, REQUEST, CERTIFICATE] = ['ca.key', 'ca.crt', 'site.key', 'site.csr', 'site.crt'].map((name) =>
  join(DIRECTORY, name),
) as [string, string, string, string, string];
const DAYS = '3650';

/** Makes the authority and the certificate that it signs, once. */
export function installIntranet(): void {
  if (existsSync(CERTIFICATE)) return;
  mkdirSync(DIRECTORY, { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  run('openssl', 'req', '-x509', ...key, '-keyout', CA_KEY, '-out', CA, '-days', DAYS, '-subj', '/CN=Company CA');
  run('openssl', 'req', ...key, '-keyout', KEY, '-out', REQUEST, '-subj', `/CN=${HOST}`);
  const extensions = join(DIRECTORY, 'site.ext');
  writeFileSync(extensions, `subjectAltName=DNS:${HOST}\n`);
  const authority = ['-CA', CA, '-CAkey', CA_KEY, '-CAcreateserial'];
  run('openssl', 'x509', '-req', '-in', REQUEST, ...authority, '-days', DAYS, '-extfile', extensions, '-out', CERTIFICATE);
}

/** The spec by which an agent's containers trust the authority. */
export const INTRANET_SECURITY = { caBundle: { configMapName: CA_CONFIG_MAP } };

export function intranetObjects(): KubeObject[] {
  const data = { 'ca-bundle.crt': readFileSync(CA, 'utf8') };
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: CA_CONFIG_MAP, namespace: 'agents' },
    data,
  } satisfies ConfigMap;
  return [configMap];
}

export function intranetProgram(): Program {
  const program = fileURLToPath(import.meta.resolve('./programs/intranet-site.ts'));
  return { name: 'intranet', argv: [process.execPath, program, KEY, CERTIFICATE, String(PORT)], port: PORT };
}
