import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const BASIC_AUTH = ['spec', 'networking', 'ingress', 'security', 'basicAuth'];
/** A colon ends the name in an htpasswd line and in what browsers send. */
const USER_NAME = /^[\x21-\x39\x3b-\x7e]+$/;
/** What ingress-nginx accepts; of the others none ends the header. */
const NGINX_REALM = /^[-/._~a-zA-Z0-9: ]+$/;
const REALM = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

export const basicAuthSyntax: Rule = {
  id: 'basic-auth-syntax',
  severity: 'error',
  summary: 'The user name or the realm of the basic authentication has characters that it cannot have.',
  hint: 'use letters, digits, blanks and "-", "_", "." or "/"',
  check({ resolved: { ingress } }: RuleContext) {
    if (ingress === null || ingress.basicAuth === null) return [];
    const { generatedFor, realm } = ingress.basicAuth;
    const findings: Finding[] = [];
    if (generatedFor !== null && !USER_NAME.test(generatedFor))
      findings.push({
        path: [...BASIC_AUTH, 'username'],
        message: `${safelyQuoted(generatedFor)} cannot be a user name here; expected printable ASCII without blanks and ":"`,
        hint: 'use letters, digits, "-", "_", "." and "@"',
      });
    if (!(ingress.controller === 'nginx' ? NGINX_REALM : REALM).test(realm))
      findings.push({
        path: [...BASIC_AUTH, 'realm'],
        message: `${safelyQuoted(realm)} cannot be a realm; expected letters, digits, blanks and "-", "_", ".", "~", ":" or "/"`,
      });
    return findings;
  },
};
