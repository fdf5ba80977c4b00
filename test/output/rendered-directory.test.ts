import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokenText } from '../../src/output/kustomize-text.ts';
import { directoryFiles, type ManifestGroup } from '../../src/output/directory.ts';
import { headerOf, listedFiles } from '../../src/output/rendered-directory.ts';

describe('directoryFiles', () => {
  const filesOf = (namespace: string, name: string): string[] =>
    [...directoryFiles([{ instance: { namespace, name }, objects: [{ kind: 'X' }] }])].map(({ path }) => path);

  for (const [namespace, name, file] of [
    ['agents', 'ada', 'agents/ada/manifests.yaml'],
    ['nul', 'com1', '_nul/_com1/manifests.yaml'],
    ['console', 'com10', 'console/com10/manifests.yaml'],
  ] as const) {
    test(`writes ${namespace}/${name} to ${file}`, () => assert.deepEqual(filesOf(namespace, name), [file, 'kustomization.yaml']));
  }

  test('takes no name that could lead anywhere else', () => {
    for (const name of ['..', '.', '', 'a/b', 'A', 'a.b', 'ä', '-a', 'a'.repeat(64)]) {
      assert.throws(() => filesOf(name, 'ada'), /a name that the rules refuse/);
      assert.throws(() => filesOf('agents', name), /a name that the rules refuse/);
    }
  });
});

describe('listedFiles', () => {
  const instances = [
    { namespace: 'a', name: 'b' },
    { namespace: 'b', name: 'a' },
  ];
  const kustomization = (groups: Iterable<ManifestGroup>): string =>
    headerOf('kustomization.yaml') + [...directoryFiles(groups)].at(-1)!.text;
  const written = kustomization([null, ...instances].map((instance) => ({ instance, objects: [{ kind: 'X' }] })));

  test('reads what was written', () => {
    assert.deepEqual(listedFiles(written), { files: ['shared.yaml', 'a/b/manifests.yaml', 'b/a/manifests.yaml'] });
    assert.deepEqual(listedFiles(kustomization([])), { files: [] });
  });

  test('reads over the marks of a conflict in Git', () => {
    const line = '- b/a/manifests.yaml\n';
    const text = written.replace(line, `<<<<<<< HEAD\n${line}=======\n- c/a/manifests.yaml\n>>>>>>> other\n`);
    assert.deepEqual(listedFiles(text), { files: ['shared.yaml', 'a/b/manifests.yaml', 'b/a/manifests.yaml', 'c/a/manifests.yaml'] });
  });

  for (const line of [
    '- extra/',
    '- https://example.com/x',
    '- ../x.yaml',
    '- Extra.yaml',
    'namePrefix: x-',
    '# kept by hand',
    'patches:',
  ]) {
    test(`finds ${JSON.stringify(line)}, which we did not write`, () => {
      assert.deepEqual(listedFiles(`${written}${line}\n`), { strangeLine: 8 });
    });
  }
});

describe('brokenText', () => {
  test('names the field and the character', () => {
    assert.deepEqual(brokenText({ spec: { env: [{ value: 'fine' }, { value: 'a\u2028b' }] } }), {
      field: 'spec.env[1].value',
      character: 'U+2028',
    });
    assert.deepEqual(brokenText({ data: { 'a\u0085': '' } }), { field: 'a key of data', character: 'U+0085' });
  });

  test('lets everything else pass', () => {
    assert.equal(brokenText({ a: '\u00a0\ufeff\u200b\u{1f600}\ufffd\t\r\n', b: [null, 1, true, {}] }), null);
  });
});
