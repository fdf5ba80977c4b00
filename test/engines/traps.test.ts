/** What engines were seen to do that a renderer must answer, each with the checks that keep our answer: they must exist under that name. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

interface Check {
  /** A test file, or a golden file. */
  readonly file: string;
  /** Its title, or the line that shows the answer. */
  readonly says: string;
}

interface Trap {
  readonly title: string;
  readonly checks: readonly Check[];
}

const CLUSTER_STAGE = readFileSync(join(ROOT, 'e2e/cluster/main.ts'), 'utf8');
const FORMS = 'test/engines/forms.test.ts';
const CONFORMANCE = 'e2e/argocd/conformance.ts';

/** The cluster stage measures every row of it. */
const DRIFT_DOCUMENT = 'docs/drift.md';
const PUT_BACK = 'put back | put back | put back | put back | put back |';
const NOT_NOTICED = 'put back | put back | put back, not noticed | stays | put back |';
const PRINTED: readonly string[] = [
  `StatefulSet | processes shared | ${PUT_BACK}`,
  `StatefulSet | the network of the host | ${NOT_NOTICED}`,
  `StatefulSet | a privileged container | ${PUT_BACK}`,
  `StatefulSet | a capability | ${NOT_NOTICED}`,
  `StatefulSet | a toleration | ${PUT_BACK}`,
  `Service | an external address | ${NOT_NOTICED}`,
  `Job | a Job suspended | ${PUT_BACK}`,
].map((row) => `| ${row}`);
const UNSEEN: readonly string[] = [
  'StatefulSet | a variable more',
  'StatefulSet | a container more',
  'StatefulSet | an annotation of the pod more',
  'Service | a port more',
  'ConfigMap | a key more',
].map((change) => `| ${change} | stays | stays | stays | stays | put back |`);

const TRAPS: readonly Trap[] = [
  {
    title: 'Argo CD reads JSON lines, cannot write a status with much text in it, and takes no output for none wanted',
    checks: [
      { file: 'test/output/json-lines.test.ts', says: 'every JSON value survives, on one line' },
      { file: 'test/output/json-lines.test.ts', says: 'characters that Argo CD refuses are escaped, and astral characters are not' },
      { file: 'test/diagnostics/format.test.ts', says: 'with a limit errors come first, each whole, and the rest is counted' },
      { file: CONFORMANCE, says: 'says little of much that is wrong, the errors first' },
      { file: CONFORMANCE, says: 'does not take an application without agents for one whose agents are gone' },
    ],
  },
  {
    title: 'while rendering fails nothing of that Application is healed',
    checks: [
      { file: CONFORMANCE, says: 'one broken file holds back its own agent only' },
      { file: CONFORMANCE, says: 'renders the files that a parameter or a variable names, and the parameter wins' },
    ],
  },
  {
    title: 'only a printed false or empty list shows what others set',
    checks: [
      { file: FORMS, says: 'forms with a permanent difference, in what any spec renders' },
      { file: FORMS, says: 'a CronJob without suspend' },
      { file: FORMS, says: 'no capabilities.add' },
      ...PRINTED.map((says) => ({ file: DRIFT_DOCUMENT, says })),
      { file: 'e2e/cluster/checks/drift.ts', says: 'measured, not documented' },
    ],
  },
  {
    // The renderer's half: what comes twice or unnamed into a keyed list would hide there.
    title: 'no engine sees what others add to keyed lists',
    checks: [
      { file: FORMS, says: 'a variable twice' },
      ...UNSEEN.map((says) => ({ file: DRIFT_DOCUMENT, says })),
      { file: 'e2e/cluster/checks/drift.ts', says: 'documented, not measured' },
    ],
  },
  {
    title: 'ServerSideDiff alone never removes a field, and Replace wipes the token',
    checks: [
      { file: 'e2e/cluster/checks/drift.ts', says: 'a server-side dry run sees what client-side apply has to remove' },
      { file: 'e2e/cluster/checks/drift.ts', says: 'a key that left Git stays' },
      { file: 'e2e/cluster/checks/drift.ts', says: 'a replaced Secret keeps its token' },
      { file: 'test/engines/traps.test.ts', says: 'no document tells Argo CD to replace objects' },
    ],
  },
  {
    title: 'some forms are a difference for ever',
    checks: [
      { file: FORMS, says: 'a label that is null' },
      { file: FORMS, says: 'a node port of 0' },
      { file: FORMS, says: 'a claim template without kind' },
      { file: FORMS, says: 'a claim template without volumeMode' },
      { file: FORMS, says: 'a resource without divisor' },
      { file: FORMS, says: 'forms with a permanent difference, in every golden output' },
      { file: 'e2e/cluster/checks/kubectl.ts', says: 'changes when applied again' },
      { file: 'e2e/cluster/checks/flux.ts', says: 'changes when applied again' },
    ],
  },
  {
    title: 'the token survives engines only under a manager of its own',
    checks: [
      { file: 'e2e/cluster/checks/filled-secrets.ts', says: 'the token after an apply by' },
      { file: DRIFT_DOCUMENT, says: '| the rendered Job | stays | stays | stays | stays |' },
      { file: DRIFT_DOCUMENT, says: '| `kubectl apply` | lost | lost | lost | lost |' },
      { file: 'e2e/cluster/checks/token-by-hand.ts', says: 'documented, not measured' },
    ],
  },
  {
    title: 'client-side apply cannot keep a large ConfigMap',
    checks: [
      { file: 'test/render.test.ts', says: 'a ConfigMap is large by its bytes, not by its characters' },
      { file: 'golden/rules/config-map-large/stderr.txt', says: 'which client-side apply can hold' },
      { file: 'e2e/cluster/checks/kubectl.ts', says: 'asks for server-side apply, and client-side apply says' },
    ],
  },
  {
    title: 'odd text is read otherwise by others',
    checks: [
      { file: 'golden/odd-text/input/bot.yaml', says: 'CARRIAGE' },
      { file: 'test/output/yaml.test.ts', says: 'every JSON value survives' },
      { file: CONFORMANCE, says: 'odd-text' },
    ],
  },
  {
    title: 'strict substitution fails at a variable that nobody set, and changes the text of others',
    checks: [
      { file: 'golden/odd-text/input/bot.yaml', says: '${VAR} and $$' },
      { file: 'test/golden/golden.test.ts', says: 'holds no text that Flux would replace, unless the object opts out' },
      { file: 'e2e/flux/substitution.ts', says: 'arrive as they are' },
    ],
  },
  { title: 'a claim that waits for its pod blocks an earlier wave for ever', checks: [{ file: FORMS, says: 'a sync wave' }] },
  {
    title: 'a kind without definition fails the sync',
    checks: [
      { file: 'golden/missing-crds/args.txt', says: '--api-versions=v1,' },
      { file: 'test/output/optional-kinds.test.ts', says: 'leave when the cluster does not know them, and nothing else does' },
      { file: CONFORMANCE, says: 'takes the namespace of the Application and the APIs of its cluster' },
    ],
  },
  {
    title: 'a moved immutable field fails the sync',
    checks: [
      { file: 'test/properties/specs.test.ts', says: 'immutable fields of the StatefulSet depend on the name' },
      { file: 'e2e/cluster/main.ts', says: "report('immutable fields'" },
      { file: 'e2e/cluster/main.ts', says: "report('rollouts'" },
    ],
  },
  {
    title: 'objects of run time are pruned under app.kubernetes.io/instance',
    checks: [{ file: FORMS, says: 'pods of a Job under the label that Argo CD tracks' }],
  },
  {
    title: 'adoption loses what is left to the garbage collector or to another manager',
    checks: [
      { file: 'test/adopt/plan.test.ts', says: 'owns the keys of a Secret unless they are owned, and takes volumes first' },
      { file: 'e2e/cluster/main.ts', says: "report('adoption'" },
    ],
  },
  {
    title: 'the server refuses numbers in quotes and texts without, and replicas belong to the autoscaler',
    checks: [
      { file: FORMS, says: 'a target port in quotes' },
      { file: FORMS, says: 'a port of a probe in quotes' },
      { file: FORMS, says: 'a disruption budget in quotes' },
      { file: FORMS, says: 'an annotation that is a number' },
      { file: FORMS, says: 'a ConfigMap value that is true' },
      { file: FORMS, says: 'replicas beside an autoscaler' },
    ],
  },
];

/** True for a file of checks whose only function the cluster stage imports, calls and reports. */
function runs(check: string): boolean {
  const [, name] = new RegExp(`^import \\{ (\\w+) \\} from './checks/${check.replaceAll('.', '\\.')}';$`, 'm').exec(CLUSTER_STAGE) ?? [];
  return name !== undefined && new RegExp(`failures \\+= await report\\(.*\\b${name}\\b`).test(CLUSTER_STAGE);
}

describe('engines', () => {
  for (const [index, { title, checks }] of TRAPS.entries()) {
    test(`${index + 1}. ${title}`, () => {
      assert.ok(checks.length > 0);
      for (const { file, says } of checks) {
        const path = join(ROOT, file);
        assert.ok(existsSync(path), `${file} is gone`);
        assert.ok(readFileSync(path, 'utf8').includes(says), `${file} no longer says: ${says}`);
        assert.notEqual(says, '');
        const [, check] = /^e2e\/cluster\/checks\/(.*)$/.exec(file) ?? [];
        if (check) assert.ok(runs(check), `e2e:cluster no longer runs ${file}`);
      }
    });
  }

  test('no document tells Argo CD to replace objects', () => {
    const files = globSync('install/**/*.{yaml,md}', { cwd: ROOT });
    assert.ok(files.length > 0);
    const text = ['README.md', ...files].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
    assert.match(text, /kind: Application/);
    assert.match(text, /^\s*- ServerSideApply=true$/m);
    assert.doesNotMatch(text, /^\s*- "?Replace=true/m);
  });
});
