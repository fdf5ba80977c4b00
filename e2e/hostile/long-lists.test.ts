/** Lists of a spec that are as long as nobody means them: each is looked at within the limits of a hostile input, whatever the rules say of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from '../../src/render.ts';

const ITEMS = 40_000;
/** Of the processor, as for hostile input. */
const MOST_SECONDS = 10;

function many<Item>(item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: ITEMS }, (_, index) => item(index));
}

function podAffinity(term: object): object {
  const required = [{ topologyKey: 'a', labelSelector: {}, ...term }];
  return { availability: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } } } };
}

function volume(source: object): object {
  return { extraVolumes: [{ name: 'extra', ...source }] };
}

const SPECS: Readonly<Record<string, object>> = {
  'files of a volume': volume({ configMap: { name: 'a', items: many((index) => ({ key: 'a', path: `d${index}/f` })) } }),
  'files of a projected volume': volume({
    projected: { sources: [{ secret: { name: 'a', items: many((index) => ({ key: 'a', path: `d${index}/f` })) } }] },
  }),
  'sources of a volume': volume({ projected: { sources: many((index) => ({ configMap: { name: `a${index}` } })) } }),
  'directories on the way to a file': volume({
    configMap: { name: 'a', items: ['b', 'c'].map((end) => ({ key: 'a', path: `${'a/'.repeat(ITEMS)}${end}` })) },
  }),
  'keys of labels': podAffinity({ matchLabelKeys: many((index) => `a${index}`), mismatchLabelKeys: many((index) => `b${index}`) }),
  'requirements of a selector': podAffinity({
    labelSelector: { matchExpressions: many((index) => ({ key: `a${index}`, operator: 'Exists' })) },
  }),
  'topology spreads': {
    availability: {
      topologySpreadConstraints: many((index) => ({
        maxSkew: 1,
        topologyKey: `a${index}`,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: {},
      })),
    },
  },
  tolerations: { availability: { tolerations: many((index) => ({ key: `a${index}`, operator: 'Exists' })) } },
  variables: { env: many((index) => ({ name: `A${index}`, value: 'b' })) },
  'sources of variables': { envFrom: many((index) => ({ secretRef: { name: `a${index}` } })) },
  'resize policies, all wrong': {
    sidecars: [{ name: 'a', image: 'b', resizePolicy: many(() => ({ resourceName: 'c', restartPolicy: 'NotRequired' })) }],
  },
  'ports of a container': { sidecars: [{ name: 'a', image: 'b', ports: many((index) => ({ containerPort: index + 1 })) }] },
};

for (const [name, spec] of Object.entries(SPECS)) {
  test(`${ITEMS} ${name}`, () => {
    const metadata = { name: 'bot', namespace: 'agents' };
    const text = JSON.stringify({ apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata, spec });
    const before = process.cpuUsage();
    const { diagnostics, objects } = render([{ name: 'bot.json', bytes: Buffer.from(text) }]);
    const rendered = [...objects].length;
    const { user, system } = process.cpuUsage(before);
    // Either all of it was looked at and rendered, or a rule said why not.
    assert.ok(rendered > 0 || diagnostics.some(({ severity }) => severity === 'error'));
    assert.deepEqual(
      diagnostics.filter(({ rule }) => /^(parse|schema)\//.test(rule)),
      [],
      'the rules see nothing of it',
    );
    assert.ok((user + system) / 1e6 < MOST_SECONDS, `took ${(user + system) / 1e6} s`);
  });
}
