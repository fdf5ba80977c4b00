/** install/companion: rights that are named one by one, in a namespace each, and held by a policy that knows the account. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Document {
  readonly file: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly Rule[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly object[];
}

const documents = globSync('install/companion/**/*.yaml', { cwd: ROOT })
  .toSorted()
  .flatMap((file) => parseAllDocuments(text(file)).map((document): Document => ({ file, ...(document.toJS() as Omit<Document, 'file'>) })));
const roles = documents.filter(({ kind }) => kind === 'Role');

function text(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

describe('install/companion', () => {
  test('there is nothing for the whole cluster, and no program', () => {
    const kinds = new Set(documents.map(({ kind }) => kind));
    assert.deepEqual([...kinds].toSorted(), ['Component', 'Kustomization', 'NetworkPolicy', 'Role', 'RoleBinding', 'ServiceAccount']);
  });

  test('every right is named, and none leads to further rights', () => {
    assert.equal(roles.length, 5);
    const verbs = new Set<string>();
    for (const { file, rules = [] } of roles) {
      for (const rule of rules) {
        for (const words of [rule.apiGroups, rule.resources, rule.verbs])
          assert.ok(words.length > 0 && words.every((word) => !word.includes('*')), file);
        for (const verb of rule.verbs) verbs.add(verb);
        if (rule.resources.includes('secrets')) assert.deepEqual(rule.verbs, ['get'], file);
        assert.equal(
          rule.resources.some((resource) => resource.includes('/') || resource === 'tokenreviews'),
          false,
          file,
        );
      }
    }
    assert.deepEqual([...verbs].toSorted(), ['create', 'delete', 'get', 'list', 'patch']);
  });

  test('every rule says why', () => {
    for (const { file } of roles) {
      const lines = text(file).split('\n');
      for (const [index, line] of lines.entries())
        if (line.startsWith('  - apiGroups:')) assert.match(lines[index - 1] ?? '', /^ {2}# /, `${file}:${index + 1}`);
    }
  });

  test('every binding gives the role of its name to the one account, which the policies name', () => {
    const account = documents.find(({ kind }) => kind === 'ServiceAccount')!.metadata;
    const subject = { kind: 'ServiceAccount', name: account.name, namespace: account.namespace };
    const bindings = documents.filter(({ kind }) => kind === 'RoleBinding');
    assert.equal(bindings.length, roles.length);
    for (const { file, metadata, roleRef, subjects } of bindings) {
      assert.deepEqual([subjects, roleRef?.kind, roleRef?.name], [[subject], 'Role', metadata.name], file);
      assert.ok(
        roles.some((role) => role.file === file && role.metadata.name === metadata.name),
        file,
      );
    }
    const user = `'system:serviceaccount:${account.namespace}:${account.name}'`;
    for (const policy of ['companion', 'claims']) assert.ok(text(`install/admission/${policy}.yaml`).includes(user), policy);
  });

  test('the admission bundle holds every file of its directory', () => {
    const { resources } = parse(text('install/admission/kustomization.yaml')) as { readonly resources: readonly string[] };
    const files = globSync('*.yaml', { cwd: join(ROOT, 'install/admission') }).filter((file) => file !== 'kustomization.yaml');
    assert.deepEqual(resources.toSorted(), files.toSorted());
  });
});
