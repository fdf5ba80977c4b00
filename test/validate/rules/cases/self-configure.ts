import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

export const SELF_CONFIGURE_CASES: RuleCases = {
  'self-configure-access': [
    {
      title: 'without ranges, port 443 of the API server stays closed',
      input: bot('{selfConfigure: {enabled: true}}'),
      expected: [
        'warning spec.selfConfigure: "selfConfigure" reaches an API server on port 6443 only; managed clouds serve it on port 443 of a private address',
      ],
    },
    { title: 'with ranges', input: bot('{selfConfigure: {enabled: true}}'), options: { apiServerCidrs: ['10.0.0.1/32'] }, expected: [] },
    {
      title: 'no network policy closes anything',
      input: bot('{selfConfigure: {enabled: true}, security: {networkPolicy: {enabled: false}}}'),
      expected: [],
    },
    {
      title: 'an account of the user has no rights of ours',
      input: bot('{selfConfigure: {enabled: true}, security: {rbac: {createServiceAccount: false, serviceAccountName: mine}}}'),
      options: { apiServerCidrs: ['10.0.0.1/32'] },
      expected: [
        'warning spec.security.rbac.createServiceAccount: "mine" is an account of yours, which gets no right to ask for changes here',
      ],
    },
    { title: 'off', input: bot('{selfConfigure: {enabled: false}}'), expected: [] },
  ],
};
