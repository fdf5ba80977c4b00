import { bot, documents } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const named = (name: string, spec: string): string => bot(spec).replace('name: bot', `name: ${name}`);
const profile = (claim: string): string => `persistence: {enabled: true, existingClaim: ${claim}}`;
const models = (claim: string): string => `ollama: {enabled: true, storage: {existingClaim: ${claim}}}`;
const SCALED = 'availability: {autoScaling: {enabled: true}}';

export const CLAIM_CASES: RuleCases = {
  'claim-shared': [
    {
      title: 'two instances on one claim',
      input: documents(
        bot('{storage: {persistence: {existingClaim: state}}}'),
        named('cat', '{storage: {persistence: {existingClaim: state}}}'),
      ),
      expected: [
        'error spec.storage.persistence.existingClaim: claim "state" holds the state of OpenClawInstance "bot"; expected a claim for its state alone',
      ],
    },
    {
      title: 'the claim that is rendered for another instance',
      input: documents(bot('{storage: {persistence: {existingClaim: cat-data}}}'), named('cat', '{}')),
      expected: [
        'error spec.storage.persistence.existingClaim: claim "cat-data" holds the state of OpenClawInstance "cat"; expected a claim for its state alone',
      ],
    },
    {
      title: "a browser profile and models on the agent's own state",
      input: bot(`{chromium: {enabled: true, persistence: {enabled: true, existingClaim: bot-data}},
        ollama: {enabled: true, storage: {existingClaim: bot-data}}}`),
      expected: [
        'error spec.chromium.persistence.existingClaim: claim "bot-data" holds the state of this agent; expected a claim for its browser profile alone',
        'error spec.ollama.storage.existingClaim: claim "bot-data" holds the state of this agent; expected a claim for its models alone',
      ],
    },
    {
      title: 'the state and the profile of another agent, whoever comes first by name',
      input: documents(
        named('ada', `{chromium: {enabled: true, ${profile('eve-data')}}}`),
        named('bob', '{ollama: {enabled: true, storage: {existingClaim: eve-chromium-data}}}'),
        named('cat', `{storage: {persistence: {existingClaim: eve-chromium-data}}}`),
        named('eve', '{chromium: {enabled: true, persistence: {enabled: true}}}'),
      ),
      expected: [
        'error spec.chromium.persistence.existingClaim: claim "eve-data" holds the state of OpenClawInstance "eve"; expected a claim for its browser profile alone',
        'error spec.ollama.storage.existingClaim: claim "eve-chromium-data" holds the browser profile of OpenClawInstance "eve"; expected a claim for its models alone',
        'error spec.storage.persistence.existingClaim: claim "eve-chromium-data" holds the browser profile of OpenClawInstance "eve"; expected a claim for its state alone',
      ],
    },
    {
      title: 'one profile of two browsers, and one store of models of two servers, which is less bad',
      input: documents(
        named('ada', `{chromium: {enabled: true, ${profile('logins')}}, ${models('m')}}`),
        named('eve', `{chromium: {enabled: true, ${profile('logins')}}, ${models('m')}}`),
      ),
      expected: [
        'error spec.chromium.persistence.existingClaim: claim "logins" holds the browser profile of OpenClawInstance "ada"; expected a claim for its browser profile alone',
        'warning spec.ollama.storage.existingClaim: claim "m" holds the models of OpenClawInstance "ada" too, and two pulls of one model at once disturb each other; expected a claim for each agent',
      ],
    },
    {
      title: 'claims of their own, and programs that are off or keep nothing',
      input: documents(
        named('ada', `{chromium: {enabled: true, ${profile('logins')}}, ${models('m')}}`),
        named('bob', `{chromium: {enabled: false, ${profile('logins')}}, ollama: {storage: {existingClaim: m}}}`),
        named('eve', '{chromium: {enabled: true, persistence: {existingClaim: logins}}}'),
      ),
      expected: [],
    },
    {
      title: 'claims of one name in two namespaces',
      input: documents(
        bot('{storage: {persistence: {existingClaim: state}}}'),
        bot('{storage: {persistence: {existingClaim: state}}}').replace('namespace: agents', 'namespace: others'),
      ),
      expected: [],
    },
  ],
  'data-volume-exposed': [
    {
      title: 'the whole volume',
      input: bot('{initContainers: [{name: a, image: b, volumeMounts: [{name: data, mountPath: /data}]}]}'),
      expected: [
        `warning spec.initContainers[0].volumeMounts[0].subPath: the mount shows this container the whole volume of the agent, with its credentials and conversations; expected a "subPath"`,
      ],
    },
    {
      title: 'in whatever spelling, read-only too, and with a tailnet identity on it, which not even the agent sees',
      input: bot(`{tailscale: {enabled: true}, extraVolumeMounts: [{name: data, mountPath: /data}],
        sidecars: [{name: a, image: b, volumeMounts: [{name: data, mountPath: /a, subPath: ./, readOnly: true}, {name: data, mountPath: /b, subPathExpr: openclaw/},
          {name: data, mountPath: /c, subPath: .openclaw-gitops-tailscale/x}]}]}`),
      expected: [
        `warning spec.extraVolumeMounts[0].subPath: the mount shows the agent the whole volume of the agent, with its credentials and conversations, and its tailnet identity; expected a "subPath"`,
        `warning spec.sidecars[0].volumeMounts[0].subPath: the mount shows this container the whole volume of the agent, with its credentials and conversations, and its tailnet identity; expected a "subPath"`,
        `warning spec.sidecars[0].volumeMounts[1].subPath: the mount shows this container the whole state of the agent, with its credentials and conversations; expected another "subPath"`,
        `warning spec.sidecars[0].volumeMounts[2].subPath: the mount shows this container the tailnet identity of the agent; expected another "subPath"`,
      ],
    },
    {
      title: 'the same claim under another name, and the claim of another agent',
      input: documents(
        bot(`{extraVolumes: [{name: mine, persistentVolumeClaim: {claimName: bot-data}}, {name: hers, persistentVolumeClaim: {claimName: eve-data}}],
          extraVolumeMounts: [{name: mine, mountPath: /mine}, {name: hers, mountPath: /hers}],
          sidecars: [{name: a, image: b, volumeMounts: [{name: mine, mountPath: /mine}]}]}`),
        named('eve', '{}'),
      ),
      expected: [
        `warning spec.extraVolumeMounts[1].subPath: the mount shows the agent the whole volume of OpenClawInstance "eve", with its credentials and conversations; expected a "subPath"`,
        `warning spec.sidecars[0].volumeMounts[0].subPath: the mount shows this container the whole volume of the agent, with its credentials and conversations; expected a "subPath"`,
      ],
    },
    {
      title: 'a directory of it, what the cluster fills in, other volumes, and the agent in its own volume',
      input: bot(`{extraVolumes: [{name: other, persistentVolumeClaim: {claimName: other}}],
        extraVolumeMounts: [{name: data, mountPath: /data}, {name: other, mountPath: /other}],
        sidecars: [{name: a, image: b, volumeMounts: [{name: data, mountPath: /w, subPath: openclaw/workspace}, {name: data, mountPath: /x, subPathExpr: $(POD)},
          {name: other, mountPath: /o}, {name: tmp, mountPath: /t}]}]}`),
      expected: [],
    },
  ],
  'autoscaling-shared-claim': [
    {
      title: 'POD-022 a rendered profile, and models on a claim',
      input: bot(`{${SCALED}, chromium: {enabled: true, persistence: {enabled: true}}, ${models('m')}}`),
      expected: [
        'error spec.chromium.persistence.existingClaim: the browsers of all replicas would write to one profile on claim "bot-chromium-data", which destroys it; expected one browser for each claim',
        'warning spec.ollama.storage.existingClaim: the Ollama of every replica uses claim "m", and a replica on another node waits for it unless it is ReadWriteMany; expected models in each pod',
      ],
    },
    {
      title: 'one replica at most, and nothing on a claim but the state',
      input: documents(
        bot(`{availability: {autoScaling: {enabled: true, maxReplicas: 1}}, chromium: {enabled: true, ${profile('p')}}, ${models('m')}}`),
        named('eve', `{${SCALED}, chromium: {enabled: true}, ollama: {enabled: true}}`),
        named('fay', `{availability: {autoScaling: {enabled: false}}, chromium: {enabled: true, ${profile('q')}}, ${models('n')}}`),
      ),
      expected: [],
    },
  ],
};
