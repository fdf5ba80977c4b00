/** docs/rules.md: every rule id with its severity, summary and hint. */
import { OUT_PROBLEMS } from '../../src/commands/render-out/problem.ts';
import { PARSE_PROBLEMS } from '../../src/parse/problem.ts';
import { inputRules } from '../../src/validate/input-rules.ts';
import { rules } from '../../src/validate/rules/index.ts';

function heading({ id, severity, summary, hint }: { id: string; severity: string; summary: string; hint: string }): string {
  return `### ${id}\n\n${summary} _${severity}_\n\nHint: ${hint}\n`;
}

export function rulesDocument(): string {
  const all = [...inputRules, ...rules].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const parse = Object.entries(PARSE_PROBLEMS).map(
    ([code, { severity, hint }]) => `| \`parse/${code}\` | ${severity} | ${hint.replaceAll('|', '\\|')} |`,
  );
  const out = Object.entries(OUT_PROBLEMS).map(([code, hint]) => `| \`out/${code}\` | error | ${hint} |`);
  return `# Rules

Written by \`npm run gen\` from the rules themselves: do not edit.

An error refuses the whole input; a warning is printed and becomes an error with \`--strict\`. Every rule has a golden case of its name in
\`golden/rules/\`.

## About instances and the input

${all.map(heading).join('\n')}
## About the schema

\`schema/<keyword>\` names the keyword of the [JSON Schema](../schema/openclaw-instance.schema.json) that a value breaks, such as \`schema/type\` or
\`schema/additionalProperties\`. Always an error.

## About reading the input

| rule | severity | hint |
|---|---|---|
${parse.join('\n')}

## About the directory that \`render --out\` writes

| rule | severity | hint |
|---|---|---|
${out.join('\n')}
`;
}
