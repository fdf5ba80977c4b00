import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const LOGIN = 'webTerminal: {enabled: true, credential: {secretRef: {name: term}}}';

export const WEB_TERMINAL_CASES: RuleCases = {
  'web-terminal-login': [
    {
      title: 'a login in a shared process namespace is refused',
      input: bot(`{${LOGIN}, shareProcessNamespace: true}`),
      expected: [
        'error spec.webTerminal.credential: "credential" is an argument of the terminal, which every container sees while the process namespace is shared',
      ],
    },
    { title: 'a login alone is fine', input: bot(`{${LOGIN}}`), expected: [] },
    { title: 'without a login nothing is seen', input: bot('{webTerminal: {enabled: true}, shareProcessNamespace: true}'), expected: [] },
  ],
};
