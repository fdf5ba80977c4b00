import { brokenByKustomize } from '../../kube/kustomize-text.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import type { Path } from '../../parse/source.ts';
import { envLists } from '../env-lists.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What becomes text of a ConfigMap travels in base64 where it must. */
const IN_CONFIG_MAPS: ReadonlySet<string> = new Set(['config', 'workspace']);
/** Lists of variables, whose places `envLists` knows. */
const ENV: ReadonlySet<string> = new Set(['env', 'extraEnv']);

/** Nothing of the text is repeated: it may be a secret. */
export const controlCharacter: Rule = {
  id: 'control-character',
  severity: 'warning',
  summary:
    'A text holds a character that kustomize, or the API server in server-side apply, refuses or changes: Flux and Argo CD apply nothing or something else.',
  hint: 'take the character out; a file of the workspace may hold it',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    const look = (value: Json, path: Path): void => {
      if (typeof value === 'string') {
        const found = brokenByKustomize(value);
        if (found === null) return;
        const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        findings.push({
          path,
          message: `there is a U+${code} in the text; expected none of U+007F to U+009F, U+2028, U+2029, U+FFFE and U+FFFF`,
        });
      } else if (Array.isArray(value)) {
        for (const [index, item] of value.entries()) look(item as Json, [...path, index]);
      } else if (isJsonObject(value)) {
        for (const [key, item] of Object.entries(value)) if (item !== undefined && !ENV.has(key)) look(item, [...path, key]);
      }
    };
    for (const [key, value] of Object.entries(instance.spec)) {
      if (!IN_CONFIG_MAPS.has(key) && !ENV.has(key)) look(value, ['spec', key]);
    }
    for (const { entries } of envLists(instance)) {
      for (const { entry, path } of entries) look(entry.value ?? '', [...path, 'value']);
    }
    return findings;
  },
};
