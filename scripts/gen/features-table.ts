/** The feature table of the README: every feature with the fields that steer it, between two markers. */
import { features } from '../../src/features/index.ts';

const BEGIN = '<!-- features: written by npm run gen -->';
const END = '<!-- end of features -->';

/** `readme` with the table as the features say it today; both markers must be there. */
export function withFeaturesTable(readme: string): string {
  const start = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md lacks "${BEGIN}" or "${END}"`);
  const rows = features.map(({ id, summary, reads }) => `| ${id} | ${summary} | ${reads.map((field) => `\`${field}\``).join(', ')} |`);
  const table = ['| feature | what it adds | fields of `spec` |', '|---|---|---|', ...rows].join('\n');
  return `${readme.slice(0, start + BEGIN.length)}\n\n${table}\n\n${readme.slice(end)}`;
}
