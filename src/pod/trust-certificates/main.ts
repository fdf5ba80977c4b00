import '../exit-on-signal.ts';
import { readFile } from 'node:fs/promises';
import { Failure } from '../failure.ts';
import { runInstructed } from '../run-program.ts';
import { certificatesOf } from './certificate.ts';
import { writeStore } from './nss-store.ts';

await runInstructed('trust-certificates', ['a PEM file', 'a directory'], async ([bundle, store], log) => {
  const certificates = certificatesOf(await textOf(bundle));
  if (certificates.length === 0) throw new Failure('the CA bundle has no certificate', 'the bundle is a PEM file of CA certificates');
  await writeStore(store, certificates);
  log.did(`${certificates.length} certificates of the CA bundle are trusted`);
});

async function textOf(bundle: string): Promise<string> {
  try {
    return await readFile(bundle, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new Failure(`the CA bundle cannot be read (${code})`, 'security.caBundle names the ConfigMap or Secret, and its key');
  }
}
