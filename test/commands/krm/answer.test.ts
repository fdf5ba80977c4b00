import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { LIMITS } from '../../../src/parse/limits.ts';
import { render } from '../../../src/render.ts';
import { answered, CONFIG_MAP, inFile, instance, parameters, resourceList, type Manifest } from './resource-lists.ts';

const MARK = 'gitops.openclaw.rocks/rendered-from';
const LOCAL = 'config.kubernetes.io/local-config';
const ADA = instance('ada', inFile('bots/ada.yaml'));
const ONE = resourceList([ADA, CONFIG_MAP]);

function rendered(text: string): unknown[] {
  return [...render([{ name: 'ada.yaml', bytes: new TextEncoder().encode(text) }]).objects];
}

function isRendered({ metadata }: Manifest): boolean {
  return metadata.annotations?.[MARK] !== undefined;
}

/** Without what the function adds. */
function bare(object: Manifest): unknown {
  const { annotations, ...metadata } = object.metadata;
  const own = Object.entries(annotations ?? {}).filter(([name]) => name !== MARK && !/config\.kubernetes\.io\/(?:path|index)$/.test(name));
  return { ...object, metadata: { ...metadata, ...(own.length === 0 ? {} : { annotations: Object.fromEntries(own) }) } };
}

describe('what is rendered', () => {
  test('is what render prints, with a mark and a place beside the file of the instance', () => {
    const { items, refused, rules } = answered(ONE);
    assert.equal(refused, false);
    assert.deepEqual(rules, ['lock-missing']);
    const made = items.filter(isRendered);
    assert.ok(made.length > 10);
    assert.deepEqual(made.map(bare), rendered(instance('ada')));
    for (const [index, { metadata }] of made.entries()) {
      assert.equal(metadata.annotations?.[MARK], 'openclaw/ada');
      for (const prefix of ['', 'internal.']) {
        assert.equal(metadata.annotations[`${prefix}config.kubernetes.io/path`], 'bots/ada.rendered.yaml');
        assert.equal(metadata.annotations[`${prefix}config.kubernetes.io/index`], String(index));
      }
    }
  });

  test('has no place where the instance has none, as in a build of kustomize', () => {
    const { items } = answered(resourceList([instance('ada', "config.kubernetes.io/index: '0'")]));
    for (const { metadata } of items.filter(isRendered))
      assert.deepEqual(
        Object.keys(metadata.annotations ?? {}).filter((name) => name.includes('config.kubernetes.io')),
        [],
      );
  });

  test('of several instances in one directory, of the same name even, has no place twice', () => {
    const list = resourceList([
      instance('ada', inFile('bots/all.yaml')),
      instance('ada', inFile('bots/all.yaml', 1), 'elsewhere'),
      instance('bob', inFile('bob.yaml')),
      // A file of the user's own that has the name of ours.
      CONFIG_MAP.replace('openclaw}', `openclaw, annotations: {${inFile('bots/ada.rendered.yaml', 4).trimEnd().replaceAll('\n', ', ')}}}`),
    ]);
    const { items, refused } = answered(list);
    assert.equal(refused, false);
    const places = items.map(({ metadata }) =>
      ['path', 'index'].map((part) => metadata.annotations?.[`internal.config.kubernetes.io/${part}`]).join(' '),
    );
    assert.equal(new Set(places).size, items.length);
    assert.ok(places.includes('bob.rendered.yaml 0'), 'beside its file, also at the top');
    assert.ok(places.includes('bots/ada.rendered.yaml 5') && !places.includes('bots/ada.rendered.yaml 3'), 'after what is there');
  });

  test('a second run on the first answer gives the same bytes', () => {
    for (const text of [ONE, resourceList([instance('ada'), CONFIG_MAP, instance('bob')], parameters({ registry: 'r.example.com' }))]) {
      const once = answered(text).output;
      assert.equal(answered(once).output, once);
    }
  });

  test('what an earlier run made goes with its instance, and never counts as input', () => {
    const { output } = answered(resourceList([ADA, instance('bob', inFile('bots/bob.yaml'))]));
    const list = parse(output) as { items: Manifest[] };
    const items = list.items.filter(({ kind, metadata }) => kind !== 'OpenClawInstance' || metadata.name === 'ada');
    const after = answered(JSON.stringify({ ...list, items }));
    assert.equal(after.refused, false);
    assert.deepEqual(
      new Set(after.items.filter(isRendered).map(({ metadata }) => metadata.annotations?.[MARK])),
      new Set(['openclaw/ada']),
    );
    const text = items.map((item) => JSON.stringify(item)).join('\n');
    assert.deepEqual(rendered(text).length, rendered(instance('ada')).length, 'render leaves it out, too');
  });
});

describe('what passes through', () => {
  test('stays in place letter by letter, with its comments', () => {
    const { output } = answered(ONE);
    const item = `- ${CONFIG_MAP.trimEnd().replaceAll('\n', '\n  ').replaceAll('\n  \n', '\n\n')}\n`;
    assert.ok(resourceList([CONFIG_MAP]).includes(item.split('\n')[0]!));
    const [, theirs = ''] =
      /\n(- apiVersion: v1\nkind|- apiVersion: v1\n {2}kind: ConfigMap\n {2}metadata: \{name: theirs[^]*?)(?=\n- )/.exec(output) ?? [];
    assert.equal(`${theirs}\n`, resourceList([CONFIG_MAP]).split('items:\n')[1]);
  });

  test('an instance stays with its comments, marked as not to be applied; what its user says about that counts', () => {
    const { output, items } = answered(ONE);
    const marked = ADA.replace('spec:\n', `    ${LOCAL}: "true"\nspec:\n`);
    assert.ok(output.includes(resourceList([marked]).split('items:\n')[1]!), output.slice(0, 800));
    assert.equal(items[0]?.metadata.annotations?.[LOCAL], 'true');
    const applied = answered(resourceList([instance('ada', `${LOCAL}: "false"`)]));
    assert.equal(applied.items[0]?.metadata.annotations?.[LOCAL], 'false');
  });

  test('cluster defaults and a lock are not applied either; with "remove" all of them go', () => {
    const ours = [
      'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawClusterDefaults\nmetadata: {name: cluster}\nspec: {registry: r.example.com}\n',
      'apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawLock\nmetadata: {name: lock}\n',
      'apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawRender\nmetadata: {name: render}\n',
    ];
    const kept = answered(resourceList([ADA, ...ours]));
    assert.deepEqual(
      kept.items.slice(0, 4).map(({ metadata }) => metadata.annotations?.[LOCAL]),
      ['true', 'true', 'true', 'true'],
    );
    assert.match(kept.output, /image: "?r\.example\.com\//);
    const removed = answered(resourceList([ADA, ...ours], parameters({ instances: 'remove' })));
    assert.deepEqual(removed.items, kept.items.slice(4));
  });

  test('what is no complete object is handed on, since it is not ours to judge', () => {
    const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [bots]\n';
    const { refused, output } = answered(resourceList([ADA, kustomization]));
    assert.equal(refused, false);
    assert.ok(output.includes('- apiVersion: kustomize.config.k8s.io/v1beta1\n  kind: Kustomization\n  resources: [bots]\n'));
  });

  test('with mode "validate" everything does, and the reasons are the same', () => {
    const { items, rules, output } = answered(resourceList([ADA, CONFIG_MAP], parameters({ mode: 'validate' })));
    assert.equal(items.length, 2);
    assert.deepEqual(rules, ['lock-missing']);
    assert.ok(output.includes(resourceList([ADA, CONFIG_MAP]).split('items:\n')[1]!));
  });
});

describe('the form of the answer', () => {
  test('has the version that was asked', () => {
    const { output, refused } = answered(ONE.replace('io/v1\n', 'io/v1beta1\n'));
    assert.equal(refused, false);
    assert.ok(output.startsWith('apiVersion: config.kubernetes.io/v1beta1\nkind: ResourceList\nitems:\n'));
  });

  test('is JSON where the input is', () => {
    const { output, items } = answered(JSON.stringify(parse(resourceList([ADA, CONFIG_MAP], parameters({ strict: 'false' })))));
    const list = JSON.parse(output) as { items: unknown[]; functionConfig: unknown; results: unknown[] };
    assert.deepEqual(list.items, items);
    assert.deepEqual(items, answered(ONE).items);
    assert.equal(list.results.length, 1);
    assert.deepEqual((list.functionConfig as { data: unknown }).data, { strict: 'false' });
  });

  const flow = JSON.stringify(parse(ONE), null, 2).replace('"kind": "ResourceList"', 'kind: ResourceList');
  for (const [title, text] of [
    ['in flow style', flow],
    ['with indented items', ONE.replaceAll(/^(?=[- ])/gm, '  ')],
    ['with CRLF and a byte order mark', `\ufeff${ONE.replaceAll('\n', '\r\n')}`],
    ['with a marker line and comments between items', `# head\n---\n${ONE.replaceAll(/^- /gm, '# between\n\n- ')}# end\n`],
    ['with a wide dash', ONE.replaceAll(/^- (.*)\n/gm, '-\n  $1\n')],
    [
      'with the functionConfig first',
      ONE.replace('items:', `functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: x}\nitems:`),
    ],
    ['with an alias over items', ONE.replace('name: theirs', 'name: &theirs theirs').replace('"1"', '*theirs')],
  ] as const) {
    test(`reads a list ${title}`, () => {
      const { items, refused, rules, output } = answered(text);
      assert.equal(refused, false, rules.join());
      const expected = answered(ONE).items;
      const values = title.includes('alias') ? expected.map((item, index) => (index === 1 ? items[1] : item)) : expected;
      assert.deepEqual(items, values);
      assert.equal(answered(output).output, output, 'and again');
    });
  }
});

describe('parameters', () => {
  const bob = instance('bob', '', 'x').replace('  namespace: x\n', '');
  const render = (spec: string): string =>
    `apiVersion: gitops.openclaw.rocks/v1alpha1\nkind: OpenClawRender\nmetadata: {name: r}\nspec: ${spec}\n`;

  test('mean the same in a ConfigMap and in an OpenClawRender', () => {
    const wishes = answered(
      resourceList(
        [bob],
        parameters({ namespace: 'agents', registry: 'r.example.com', 'api-versions': 'v1, apps/v1', 'missing-crds': 'omit' }),
      ),
    );
    const spec = answered(
      resourceList([bob], render('{namespace: agents, registry: r.example.com, apiVersions: [v1, apps/v1], missingCrds: omit}')),
    );
    assert.equal(wishes.refused, false, wishes.rules.join());
    assert.deepEqual(spec.items, wishes.items);
    assert.ok(wishes.items.filter(isRendered).every(({ metadata }) => metadata.namespace === 'agents'));
  });

  for (const [title, config, message, path] of [
    ['an unknown key', parameters({ strct: 'true' }), 'parameter "strct" is not known; did you mean "strict"?', 'data.strct'],
    ['a key of the plugin only', parameters({ files: 'a' }), /^parameter "files" is not known; expected one of mode, /, 'data.files'],
    ['a wrong choice', parameters({ strict: 'yes' }), 'parameter "strict" is "yes"; expected "true" or "false"', 'data.strict'],
    [
      'a value without quotes',
      parameters({ strict: 'x' }).replace('"x"', 'true'),
      'parameter "strict" is no text; expected quotes around its value',
      'data.strict',
    ],
    ['a wrong range', parameters({ 'api-server-cidrs': '10.0.0.1/99' }), /"10\.0\.0\.1\/99"; expected ranges/, 'data.api-server-cidrs'],
    ['a wrong range in an OpenClawRender', render('{apiServerCidrs: [x]}'), /"x"; expected ranges/, 'spec.apiServerCidrs'],
    ['nothing known of the cluster', parameters({ 'missing-crds': 'omit' }), /"omit" without "api-versions"/, undefined],
    ['an unknown field', render('{strct: true}'), '"strct" is not a field of spec; did you mean "strict"?', 'spec.strct'],
    ['a wrong type', render('{strict: "true"}'), /spec\.strict expects true or false/, 'spec.strict'],
    [
      'another kind',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n',
      /found apiVersion "v1" and kind "Secret"; expected a ConfigMap/,
      undefined,
    ],
    ['no object', '- a\n', /expected a ConfigMap, an OpenClawRender or an OpenClawInstance/, undefined],
  ] as const) {
    test(`refuse ${title}`, () => {
      const { refused, results, items } = answered(resourceList([ADA], config));
      assert.equal(refused, true);
      const result = results.find(({ severity }) => severity === 'error');
      if (typeof message === 'string') assert.equal(result?.message, message);
      else assert.match(result?.message ?? '', message);
      assert.equal(result?.field?.path, path);
      assert.deepEqual(items, answered(resourceList([ADA], parameters({ mode: 'validate' }))).items);
    });
  }

  test('an instance as functionConfig is rendered, once, also where kustomize hands it to a generator as its item', () => {
    const config = instance('ada');
    const made = rendered(config);
    for (const items of [[], [config], [CONFIG_MAP]]) {
      const { items: found, refused } = answered(resourceList(items, config));
      assert.equal(refused, false);
      assert.deepEqual(found.filter(isRendered).map(bare), made);
    }
  });
});

describe('a refusal', () => {
  const wrong = ADA.replace('image:', 'imag:');

  test('hands the items back as they came, rendered ones as well, and says what, where and why', () => {
    const before = answered(ONE).output;
    const { output, results, refused } = answered(before.replace('image: {tag', 'imag: {tag'));
    assert.equal(refused, true);
    assert.equal(output.split('results:')[0], before.replace('image: {tag', 'imag: {tag').split('results:')[0]);
    const error = results.find(({ severity }) => severity === 'error');
    assert.deepEqual(error, {
      message: '"imag" is not a field of spec; did you mean "image"?',
      severity: 'error',
      resourceRef: { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', name: 'ada', namespace: 'openclaw' },
      field: { path: 'spec.imag' },
      file: { path: 'bots/ada.yaml', index: 0 },
      tags: { rule: 'schema/additionalProperties', hint: 'rename it to "image", or delete it' },
    });
  });

  test('of one instance renders none of the others', () => {
    const { items, refused } = answered(resourceList([wrong, instance('bob')]));
    assert.equal(refused, true);
    assert.equal(items.length, 2);
  });

  test('names items that are in no file by their place in the list, and never a line', () => {
    const { results, diagnostics } = answered(resourceList([instance('ada'), CONFIG_MAP, instance('ada')]));
    const [error] = results;
    assert.match(error?.message ?? '', /is in the input twice, also at items\[[02]\], metadata\.name; expected it once/);
    assert.ok(diagnostics.every(({ location }) => location.field !== undefined));
  });

  for (const [title, text, rule, message] of [
    ['no items', resourceList([]), 'no-instances', /no OpenClawInstance/],
    ['items that are null', 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n', 'no-instances', /no OpenClawInstance/],
    ['another object', CONFIG_MAP, 'parse/resource-list', /found apiVersion "v1" and kind "ConfigMap"; expected a ResourceList/],
    ['an unknown version', ONE.replace('io/v1', 'io/v2'), 'parse/resource-list', /"config\.kubernetes\.io\/v2"/],
    ['nothing', '', 'parse/resource-list', /found nothing/],
    ['text', 'hello\n', 'parse/resource-list', /found text/],
    ['several documents', `${ONE}---\n${ONE}`, 'parse/resource-list', /several documents/],
    ['several JSON values', '{}\n{}', 'parse/resource-list', /2 JSON values/],
    ['items that are a map', 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: {a: b}\n', 'parse/resource-list', /no list/],
    ['broken YAML in an item', ONE.replace('\n  data:', '\n  data: ['), 'parse/yaml-syntax', /./],
    ['a key twice', ONE.replace('\n  data:', '\n  kind: ConfigMap\n  data:'), 'parse/duplicate-key', /"kind" twice/],
    [
      'an instance inside of a list',
      resourceList([`apiVersion: v1\nkind: List\nitems:\n- ${wrong.trimEnd().replaceAll('\n', '\n  ')}\n`]),
      'schema/additionalProperties',
      /imag/,
    ],
    ['an instance without a name', resourceList([ADA.replace(/ {2}name: .*\n/, '')]), 'parse/missing-name', /no metadata\.name/],
    ['more bytes than are read', `${ONE}# ${'x'.repeat(LIMITS.inputBytes)}`, 'parse/size-limit', /expected at most/],
    [
      'one item of too many lines',
      `${resourceList([ADA])}- a:\n${'  - b: c\n'.repeat(LIMITS.fileBytes / 9 + 1)}`,
      'parse/size-limit',
      /in one piece/,
    ],
    [
      'blank lines without end',
      `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${'\n'.repeat(LIMITS.fileBytes)}`,
      'parse/size-limit',
      /in one piece/,
    ],
    [
      'more items than are read',
      `{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[${'1,'.repeat(LIMITS.objects)}1]}`,
      'parse/size-limit',
      /objects/,
    ],
  ] as const) {
    test(`of ${title} is a ResourceList, too`, () => {
      const { refused, results, output } = answered(text);
      assert.equal(refused, true);
      assert.match(output, /^(?:apiVersion: config\.kubernetes\.io\/v1|\{"apiVersion":"config\.kubernetes\.io\/v1")/);
      const found = results.find(({ tags }) => tags.rule === rule);
      assert.match(found?.message ?? results.map(({ tags }) => tags.rule).join(), message);
    });
  }

  test('no items are accepted when that is allowed', () => {
    const { refused, items, results } = answered(resourceList([], parameters({ 'allow-empty': 'true' })));
    assert.deepEqual([refused, items, results], [false, [], []]);
  });

  test('P6 shows no secret', () => {
    const secret = 'sk-ant-0123456789';
    const { output } = answered(resourceList([ADA.replace('envFrom:', `env: [{name: K, value: {x: ${secret}}}]\n  envFrom:`)]));
    assert.equal(output.split(secret).length, 2, 'only in the item itself');
  });
});
