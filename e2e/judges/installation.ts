/** The real kubeconform over the examples of install/, with strict schemas of the definitions that Argo CD, its operator and Flux publish. */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult } from '../cluster/report.ts';
import { binary } from '../tools/binary.ts';
import { INSTALLATION_FILES, installationDefinitions } from './installation-definitions.ts';
import { schemaFileName, strictSchema } from './strict-schemas.ts';

const ROOT = join(import.meta.dirname, '../..');
const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'control' } };
const SPEC = { project: 'x', destination: {} };
const OPERATED = { apiVersion: 'argoproj.io/v1beta1', kind: 'ArgoCD', metadata: { name: 'control' } };
const CONTROLS: readonly (readonly [title: string, object: object, valid: boolean])[] = [
  ['a good Application', { ...APPLICATION, spec: SPEC }, true],
  ['an unknown field', { ...APPLICATION, spec: { ...SPEC, projekt: 'x' } }, false],
  ['an unknown field deep inside', { ...APPLICATION, spec: { ...SPEC, syncPolicy: { automated: { selfheal: true } } } }, false],
  [
    'an unknown field of a sidecar of the operator',
    { ...OPERATED, spec: { repo: { sidecarContainers: [{ name: 'x', comand: [] }] } } },
    false,
  ],
  [
    'a wrong type of a sidecar of the operator',
    { ...OPERATED, spec: { repo: { sidecarContainers: [{ name: 'x', command: 'x' }] } } },
    false,
  ],
  ['a wrong type', { ...APPLICATION, spec: { ...SPEC, syncPolicy: { automated: { selfHeal: 'yes' } } } }, false],
];

interface Answer {
  readonly resources: readonly { readonly kind: string; readonly name: string; readonly status: string; readonly msg: string }[];
}

export async function judgeInstallation(): Promise<CheckResult> {
  const program = await binary('kubeconform');
  const directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-installation-'));
  const failures: string[] = [];
  const judged = (argument: string, input?: string): Answer['resources'] => {
    const location = `${directory}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
    const flags = ['-output', 'json', '-verbose', '-schema-location', location];
    const run = spawnSync(program, [...flags, argument], { cwd: ROOT, encoding: 'utf8', input, maxBuffer: 1 << 26 });
    return (JSON.parse(run.stdout) as Answer).resources;
  };
  try {
    for (const { spec } of await installationDefinitions()) {
      for (const { name, schema } of spec.versions)
        writeFileSync(
          join(directory, schemaFileName(spec.group, name, spec.names.kind)),
          JSON.stringify(strictSchema(schema.openAPIV3Schema)),
        );
    }
    for (const [title, object, valid] of CONTROLS) {
      const [answer] = judged('-', JSON.stringify(object));
      if ((answer?.status === 'statusValid') !== valid)
        failures.push(`control "${title}": ${answer?.status ?? 'no answer'} ${answer?.msg ?? ''}`);
    }
    let objects = 0;
    for (const file of INSTALLATION_FILES.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))) {
      for (const { kind, name, status, msg } of judged(file)) {
        if (status === 'statusValid') objects += 1;
        else failures.push(`${file}: ${kind}/${name} ${status} ${msg}`);
      }
    }
    if (objects === 0) failures.push('nothing was judged');
    return { summary: `${objects} objects, ${CONTROLS.length} controls`, rows: [], failures };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
