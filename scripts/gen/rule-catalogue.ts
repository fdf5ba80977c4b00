/** src/generated/rule-catalogue.ts: what SARIF says of each rule, without the rules' code. */
import { OUT_PROBLEMS } from '../../src/commands/render-out/problem.ts';
import { PARSE_PROBLEMS } from '../../src/parse/problem.ts';
import { inputRules } from '../../src/validate/input-rules.ts';
import { rules } from '../../src/validate/rules/index.ts';

export function ruleCatalogueCode(): string {
  const all = [...inputRules, ...rules].map(({ id, severity, summary, hint }) => [id, { severity, summary, hint }] as const);
  const parse = Object.entries(PARSE_PROBLEMS).map(([code, known]) => [`parse/${code}`, { ...known }] as const);
  const out = Object.entries(OUT_PROBLEMS).map(([code, hint]) => [`out/${code}`, { severity: 'error', hint }] as const);
  const entries = [...all, ...parse, ...out].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const lines = entries.map(([id, known]) => `  ${JSON.stringify(id)}: ${JSON.stringify(known)},\n`);
  return `// Written by "npm run gen" from the rules: do not edit.\nexport const ruleCatalogue = {\n${lines.join('')}} as const;\n`;
}
