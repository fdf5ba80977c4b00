import type { EnvVar } from '../../generated/openclaw-instance.ts';
import { isCredentialName, looksLikeCredential } from '../credentials.ts';
import { envLists } from '../env-lists.ts';
import { LOCAL_SERVER_KEYS } from '../provider-keys.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** `$(NAME)` stands for the value of another variable, which may come from a Secret; `$$(NAME)` is literal text. */
const REFERENCE = /(?<!\$)\$\([^)]+\)/g;

/** What is wrong with a variable, without its value. */
function problem({ name, value = '' }: EnvVar): string | null {
  const literal = value.replaceAll(REFERENCE, '');
  if (literal === '') return null;
  if (isCredentialName(name) && !LOCAL_SERVER_KEYS.has(name)) return 'has its value in the file';
  return looksLikeCredential(literal) ? 'holds a credential in clear' : null;
}

/** Judged by the name and by what a value shows of itself, so a warning only. */
export const envCredential: Rule = {
  id: 'env-credential',
  severity: 'warning',
  summary: 'A variable that is named like a credential, or holds one such as the password in an address, has its value in the file.',
  hint: 'put the value into a Secret and refer to it with valueFrom.secretKeyRef or envFrom',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { entries } of envLists(instance)) {
      for (const { entry, path } of entries) {
        const found = problem(entry);
        if (found === null) continue;
        findings.push({ path: [...path, 'name'], message: `${safelyQuoted(entry.name)} ${found}; expected a reference to a Secret` });
      }
    }
    return findings;
  },
};
