/** Directories with a kustomization that calls the function, and what kustomize makes of them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { RENDERED_FROM } from '../../src/parse/classify.ts';

export const PROGRAM = join(import.meta.dirname, '../../dist/openclaw-gitops.cjs');

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `work` in a directory that holds these files and is gone afterwards. */
export function withDirectory<T>(files: Readonly<Record<string, string | Uint8Array>>, work: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'krm-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Run {
  return spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** The annotation by which kustomize runs our program on this Node. */
export function execAnnotation(): string {
  const exec = { exec: { path: process.execPath, args: [PROGRAM, 'krm'] } };
  return `config.kubernetes.io/function: ${JSON.stringify(JSON.stringify(exec))}`;
}

/** The file of an OpenClawRender with these parameters. */
export function renderFile(spec: object, annotation = execAnnotation()): string {
  const head = 'apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawRender\nmetadata:\n  name: render\n';
  return `${head}  annotations:\n    ${annotation}\nspec: ${JSON.stringify(spec)}\n`;
}

/** The objects in a text, by group, kind, namespace and name. */
export function manifests(text: string): Map<string, Manifest> {
  const objects = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' }).map((document) => document.toJS() as Manifest);
  return new Map(objects.map((object) => [identity(object), object]));
}

export function identity({ apiVersion, kind, metadata }: Manifest): string {
  return [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
}

/** Without the mark that the function sets on what it renders. */
export function unmarked(object: Manifest): Manifest {
  const { annotations, ...metadata } = object.metadata;
  if (annotations === undefined) return object;
  const { [RENDERED_FROM]: _mark, ...own } = annotations;
  return { ...object, metadata: Object.keys(own).length === 0 ? metadata : { ...metadata, annotations: own } };
}
