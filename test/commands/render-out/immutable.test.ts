/** `render --out` over what it wrote before: changes that the API server would refuse. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { renderOut, type OutReport } from '../../../src/commands/render-out/render-out.ts';
import { render } from '../../../src/render.ts';

let path = '';
before(() => {
  path = mkdtempSync(join(tmpdir(), 'immutable-'));
});
after(() => rmSync(path, { recursive: true }));

function out(size: string, annotation = '', isCheck = false): OutReport {
  const text = `apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata: { name: bot, namespace: agents${annotation} }
spec:
  storage:
    persistence:
      size: ${size}
`;
  const { diagnostics, groups, refused } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }]);
  assert.equal(refused, false, JSON.stringify(diagnostics));
  return renderOut(groups, { path, shownPath: 'out', isCheck, command: '' });
}

test('is refused at the field, and written when the instance gives a reason', () => {
  const silence = (reason: string): string => `, annotations: { silence.gitops.openclaw.rocks/immutable: "${reason}" }`;
  const written = (): string => readFileSync(join(path, 'agents/bot/manifests.yaml'), 'utf8');
  assert.deepEqual(out('10Gi').problems, []);
  const old = written();
  for (const isCheck of [true, false]) {
    const [problem, ...others] = out('5Gi', '', isCheck).problems;
    assert.deepEqual(others, []);
    assert.equal(problem?.rule, 'out/immutable');
    assert.equal(
      problem.message,
      '"PersistentVolumeClaim bot-data" cannot be changed in spec.resources.requests.storage while it exists: found "5Gi", "out/agents/bot/manifests.yaml" has "10Gi"',
    );
    const { file, line, column } = problem.location;
    assert.deepEqual([file, line, column], ['bot.yaml', 7, 13]);
    assert.equal(written(), old);
  }
  assert.deepEqual(
    out('20Gi', '', true).problems.map(({ rule }) => rule),
    ['out/stale'],
  );
  assert.deepEqual(out('5Gi', silence('it is restored into a new claim')).problems, []);
  assert.match(written(), /storage: 5Gi/);
});

test('a silence without a reason is refused as for every rule, and one with a reason is no complaint', () => {
  const said = (reason: string): string[] => {
    const metadata = { name: 'bot', namespace: 'agents', annotations: { 'silence.gitops.openclaw.rocks/immutable': reason } };
    const instance = { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata, spec: {} };
    const { diagnostics } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(JSON.stringify(instance)) }]);
    return diagnostics.filter(({ rule }) => rule === 'silence').map(({ message }) => message);
  };
  assert.deepEqual(said('made anew'), []);
  assert.deepEqual(said(' '), ['"immutable" is silenced without a reason']);
});
