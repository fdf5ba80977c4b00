/** The CustomResourceDefinitions of `schema --crd`: the server takes them, and with them the instances of all golden inputs, and refuses what the schema refuses. */
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import type { ApiObject } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';

const ROOT = join(import.meta.dirname, '../../..');
const KINDS = ['OpenClawInstance', 'OpenClawClusterDefaults'];
const NAMESPACE = 'definitions';
const SERVED_TIMEOUT_SECONDS = 30;

export async function checkOwnDefinitions({ client }: Cluster): Promise<CheckResult> {
  const failures: string[] = [];
  for (const kind of KINDS) {
    const text = execFileSync(process.execPath, [join(ROOT, 'src/main.ts'), 'schema', '--crd', kind], { maxBuffer: 1 << 26 }).toString();
    const definition = parseAllDocuments(text)[0]?.toJS() as ApiObject;
    const { status, message } = await client.apply(definition, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) return { summary: `${kind} is refused`, rows: [], failures: [`${kind}: ${status} ${message}`] };
    const deadline = performance.now() + SERVED_TIMEOUT_SECONDS * 1000;
    for (const version of ['v1alpha1', 'v1']) {
      while (!(await client.serves(`openclaw.rocks/${version}`, kind))) {
        if (performance.now() > deadline) throw new Error(`the API server still does not serve ${kind} ${version}`);
        await sleep(50);
      }
    }
  }
  let accepted = 0;
  await withNamespaces(client, [NAMESPACE], async () => {
    for (const { file, object } of await goldenInputs()) {
      const { status, message } = await client.create(object, { dryRun: true });
      if (status === 201) accepted += 1;
      else failures.push(`${file}: ${status} ${message}`);
    }
    for (const [title, spec, reason] of WRONG) {
      const { status, message } = await client.create(instance('wrong', spec), { dryRun: true });
      if (status < 400 || !reason.test(message)) failures.push(`${title}: expected a refusal with ${reason}, got ${status} ${message}`);
    }
  });
  if (accepted === 0) failures.push('no golden input was accepted');
  return { summary: `${accepted} golden inputs accepted, ${WRONG.length} wrong ones refused`, rows: [], failures };
}

const WRONG: readonly (readonly [title: string, spec: object, reason: RegExp])[] = [
  ['a misspelt field', { imag: {} }, /unknown field "spec\.imag"/],
  ['a value of another type', { suspended: 'yes' }, /spec\.suspended/],
  ['a value that is no choice', { image: { pullPolicy: 'Sometimes' } }, /Unsupported value: "Sometimes"/],
  ['too many of something', { extraVolumes: Array.from({ length: 11 }, (_, index) => ({ name: `v${index}` })) }, /Too many/],
];

function instance(name: string, spec: object): ApiObject {
  return { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata: { name, namespace: NAMESPACE }, spec } as ApiObject;
}

/** Instances and defaults of the golden cases that render, each in one namespace and under one name. */
async function goldenInputs(): Promise<readonly { readonly file: string; readonly object: ApiObject }[]> {
  const found: { file: string; object: ApiObject }[] = [];
  for (const file of globSync('golden/*/input/**/*.{yaml,yml,json}', { cwd: ROOT }).toSorted()) {
    for (const document of parseAllDocuments(await readFile(join(ROOT, file), 'utf8'), { version: '1.1', merge: true })) {
      const value = document.errors.length > 0 ? null : (document.toJS() as ApiObject | null);
      if (value === null || !KINDS.includes(value.kind)) continue;
      const scope = value.kind === 'OpenClawInstance' ? { namespace: NAMESPACE } : {};
      found.push({ file, object: { ...value, metadata: { name: value.metadata.name, ...scope } } });
    }
  }
  return found;
}
