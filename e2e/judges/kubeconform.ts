/** The real kubeconform over all golden outputs, with strict schemas of a real API server and of the projects that define optional kinds. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OPTIONAL_KINDS } from '../../src/kube/optional-kinds.ts';
import { ApiClient } from '../cluster/api-client.ts';
import { startControlPlane } from '../cluster/control-plane.ts';
import { defineRenderedKinds } from '../cluster/rendered-kinds.ts';
import type { CheckResult } from '../cluster/report.ts';
import { binary } from '../tools/binary.ts';
import { goldenOutputs } from './golden-outputs.ts';
import { schemaFileName, writeStrictSchemas } from './strict-schemas.ts';

/** Kinds that users keep beside their agents and that pass through unchanged: their definitions are the users'. */
const USERS_KINDS = ['SealedSecret', 'ExternalSecret', 'Widget'];

const DESCRIBED_TIMEOUT_SECONDS = 60;
const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'control', namespace: 'agents' }, spec: { ports: [{ port: 80 }] } };
const CONTROLS: readonly (readonly [title: string, object: object, valid: boolean])[] = [
  ['a good Service', SERVICE, true],
  ['an unknown field', { ...SERVICE, spec: { ...SERVICE.spec, portz: [] } }, false],
  ['a wrong type', { ...SERVICE, spec: { ports: [{ port: 'eighty' }] } }, false],
  ['a kind that nobody defines', { apiVersion: 'example.com/v1', kind: 'Nothing', metadata: { name: 'x' } }, false],
  [
    'an unknown field of an optional kind',
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'x' }, spec: { rulez: [] } },
    false,
  ],
];

interface Answer {
  readonly resources: readonly { readonly kind: string; readonly name: string; readonly status: string; readonly msg: string }[];
}

/** The server describes a new kind some seconds after it serves it. */
async function allSchemas(client: ApiClient, directory: string): Promise<number> {
  const deadline = performance.now() + DESCRIBED_TIMEOUT_SECONDS * 1000;
  for (;;) {
    const written = await writeStrictSchemas(client, directory);
    const missing = Object.entries(OPTIONAL_KINDS).filter(([kind, apiVersion]) => {
      const [group = '', version = ''] = apiVersion.split('/');
      return !existsSync(join(directory, schemaFileName(group, version, kind)));
    });
    if (missing.length === 0) return written;
    if (performance.now() > deadline) throw new Error(`the API server does not describe ${missing.map(([kind]) => kind).join(', ')}`);
    await sleep(1000);
  }
}

export async function judgeByKubeconform(): Promise<CheckResult> {
  const program = await binary('kubeconform');
  const directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-schemas-'));
  const controlPlane = await startControlPlane();
  const client = new ApiClient(controlPlane.connection);
  const failures: string[] = [];
  const judged = (argument: string, input?: string): Answer['resources'] => {
    const flags = ['-output', 'json', '-verbose', '-skip', USERS_KINDS.join(',')];
    const location = `${directory}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
    const run = spawnSync(program, [...flags, '-schema-location', location, argument], { encoding: 'utf8', input, maxBuffer: 1 << 26 });
    return (JSON.parse(run.stdout) as Answer).resources;
  };
  try {
    await defineRenderedKinds(client);
    const schemas = await allSchemas(client, directory);
    for (const [title, object, valid] of CONTROLS) {
      const [answer] = judged('-', JSON.stringify(object));
      if ((answer?.status === 'statusValid') !== valid)
        failures.push(`control "${title}": ${answer?.status ?? 'no answer'} ${answer?.msg ?? ''}`);
    }
    let objects = 0;
    for (const { name, path } of goldenOutputs()) {
      for (const { kind, name: object, status, msg } of judged(path)) {
        if (status === 'statusValid') objects += 1;
        else if (!(status === 'statusSkipped' && USERS_KINDS.includes(kind))) failures.push(`${name}: ${kind}/${object} ${status} ${msg}`);
      }
    }
    if (objects === 0) failures.push('nothing was judged');
    return { summary: `${objects} objects by ${schemas} schemas, ${CONTROLS.length} controls`, rows: [], failures };
  } finally {
    client.close();
    await controlPlane.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
