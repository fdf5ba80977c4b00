import type { SecurityProfile } from '../../generated/openclaw-instance.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const LONGEST_PATH = 4095;
const PADDING = /^\p{White_Space}|\p{White_Space}$/u;

function isPathOfSeccomp(text: string): boolean {
  return !text.startsWith('/') && !text.split('/').includes('..');
}

function isNameOfAppArmor(text: string): boolean {
  return text !== '' && !PADDING.test(text) && new TextEncoder().encode(text).length <= LONGEST_PATH;
}

function profileFindings({ localhostProfile, type }: SecurityProfile, isName: (text: string) => boolean, path: Path): Finding[] {
  if (type !== 'Localhost') {
    if (localhostProfile === undefined) return [];
    const message = `"${type}" is no profile of the node; expected no "localhostProfile" beside it`;
    return [{ path: [...path, 'localhostProfile'], message, hint: 'remove the field, or say "type: Localhost"' }];
  }
  if (localhostProfile === undefined) return [{ path, message: '"Localhost" names no profile; expected "localhostProfile" beside it' }];
  if (isName(localhostProfile)) return [];
  return [
    {
      path: [...path, 'localhostProfile'],
      message: `${safelyQuoted(localhostProfile)} cannot be a profile of the node; expected one such as "agents/strict.json"`,
    },
  ];
}

export const securityProfile: Rule = {
  id: 'security-profile',
  severity: 'error',
  summary: "A seccomp or AppArmor profile of the user's container cannot be one of the node.",
  hint: 'name the profile: for seccomp by its relative path on the node, without ".."',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { container, path } of userContainers(instance)) {
      const { appArmorProfile, seccompProfile } = container.securityContext ?? {};
      const place = [...path, 'securityContext'];
      if (appArmorProfile !== undefined)
        findings.push(...profileFindings(appArmorProfile, isNameOfAppArmor, [...place, 'appArmorProfile']));
      if (seccompProfile !== undefined) findings.push(...profileFindings(seccompProfile, isPathOfSeccomp, [...place, 'seccompProfile']));
    }
    return findings;
  },
};
