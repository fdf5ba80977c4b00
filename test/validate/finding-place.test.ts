/** Where findings stand that cluster defaults are the reason of: STYLE asks for the line that set the value. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from '../../src/render.ts';
import { bot, checked, documents, line } from './rules/checked.ts';

const defaults = (spec: string): string =>
  `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawClusterDefaults\nmetadata: {name: cluster}\nspec: ${spec}\n`;

function places(rule: string, ...texts: readonly string[]): string[] {
  return checked(documents(...texts))
    .filter((diagnostic) => diagnostic.rule === rule)
    .map((diagnostic) => line(diagnostic).split(': ')[0] ?? '');
}

const CASES: readonly {
  readonly title: string;
  readonly rule: string;
  readonly own: string;
  readonly defaults: string;
  readonly place: string;
}[] = [
  {
    title: 'a value that only the defaults set',
    rule: 'image-latest',
    own: '{}',
    defaults: '{image: {tag: latest}}',
    place: 'warning OpenClawClusterDefaults/cluster spec.image.tag',
  },
  {
    title: 'a value beside one of the instance',
    rule: 'image-latest',
    own: '{image: {repository: example.com/a}}',
    defaults: '{image: {tag: latest}}',
    place: 'warning OpenClawClusterDefaults/cluster spec.image.tag',
  },
  {
    title: 'a value that the instance sets to nothing',
    rule: 'image-latest',
    own: '{image: {tag: null}}',
    defaults: '{image: {tag: latest}}',
    place: 'warning OpenClawClusterDefaults/cluster spec.image.tag',
  },
  {
    title: "the instance's own value",
    rule: 'image-latest',
    own: '{image: {tag: latest}}',
    defaults: '{image: {tag: latest}}',
    place: 'warning spec.image.tag',
  },
  {
    title: 'a value that neither sets',
    rule: 'image-latest',
    own: '{}',
    defaults: '{image: {repository: example.com/a}}',
    place: 'warning spec.image.tag',
  },
  {
    title: 'a variable of the defaults, at its place there',
    rule: 'env-credential',
    own: '{env: [{name: A, value: x}]}',
    defaults: '{env: [{name: B, value: x}, {name: C_TOKEN, value: hunter2}]}',
    place: 'warning OpenClawClusterDefaults/cluster spec.env[1].name',
  },
  {
    title: 'a variable of the defaults that the instance replaces',
    rule: 'env-credential',
    own: '{env: [{name: A, value: x}, {name: C_TOKEN, value: hunter2}]}',
    defaults: '{env: [{name: C_TOKEN, value: hunter2}]}',
    place: 'warning spec.env[1].name',
  },
  {
    title: 'a part that a variable of the defaults lacks',
    rule: 'reference-name',
    own: '{}',
    defaults: '{env: [{name: B, value: x}, {name: A, valueFrom: {secretKeyRef: {key: a}}}]}',
    place: 'error OpenClawClusterDefaults/cluster spec.env[1].valueFrom.secretKeyRef.name',
  },
];

for (const { title, rule, own, defaults: spec, place } of CASES) {
  test(title, () => {
    assert.deepEqual(places(rule, bot(own), defaults(spec)), [place]);
  });
}

test('what the defaults do wrong is told once, on their line, however many instances inherit it', () => {
  const text = documents(bot('{}'), bot('{}').replace('name: bot', 'name: other'), defaults('\n  registry: "https://mirror"'));
  const { diagnostics } = render([{ name: 'bots.yaml', bytes: new TextEncoder().encode(text) }]);
  assert.deepEqual(
    diagnostics.filter(({ rule }) => rule === 'registry-syntax').map(({ location }) => location.sourceLine),
    ['  registry: "https://mirror"'],
  );
});
