/** `golden/relaxations.txt`: every hardening that any golden pod gives up, so that none is given up unseen. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PodSpec } from '../../src/kube/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import { identity } from './delta.ts';
import { GOLDEN } from './golden-case.ts';
import { relaxationsOf } from './pod-security.ts';

const FILE = join(GOLDEN, 'relaxations.txt');
const HEADER = '# case, object, container, field: value. Everything else is Pod Security restricted with a read-only root file system.';

/** The pod that an object runs, wherever its kind keeps it. */
export function podOf(object: JsonObject): PodSpec | null {
  let spec: Json | undefined = object['spec'];
  if (object['kind'] === 'Pod') return spec as unknown as PodSpec;
  if (object['kind'] === 'CronJob' && isJsonObject(spec)) spec = (spec['jobTemplate'] as JsonObject)['spec'];
  if (!isJsonObject(spec) || !isJsonObject(spec['template']) || !isJsonObject(spec['template']['spec'])) return null;
  return Array.isArray(spec['template']['spec']['containers']) ? (spec['template']['spec'] as unknown as PodSpec) : null;
}

/** One line for each weakened field of the case's own pods. */
export function relaxationLines(name: string, objects: readonly JsonObject[]): string[] {
  return objects.flatMap((object) => {
    const pod = podOf(object);
    if (pod === null) return [];
    return relaxationsOf(pod).map(({ container, field, value }) => `${name}  ${identity(object)}  ${container}  ${field}: ${value}`);
  });
}

export function readRelaxations(): string[] {
  return existsSync(FILE)
    ? readFileSync(FILE, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && line !== HEADER)
    : [];
}

export function writeRelaxations(lines: readonly string[]): void {
  writeFileSync(FILE, `${[HEADER, ...[...lines].sort()].join('\n')}\n`);
}
