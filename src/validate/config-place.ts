import type { Path } from '../parse/source.ts';
import { DEFAULT_CONFIG_KEY } from '../resolve/config.ts';
import type { Finding, RuleContext } from './rule.ts';

/** Where a value of the configuration stands: in `spec.config.raw`, or in the ConfigMap's text, which counts as a whole. */
export function configPlace({ instance, companions }: RuleContext, path: Path): Pick<Finding, 'path' | 'object'> {
  const ref = instance.spec.config?.configMapRef;
  if (ref === undefined) return { path: ['spec', 'config', 'raw', ...path] };
  const object = companions.find('ConfigMap', instance.namespace, ref.name);
  if (object === undefined) return { path: ['spec', 'config', 'configMapRef'] };
  return { object, path: ['data', ref.key ?? DEFAULT_CONFIG_KEY] };
}

/** The JSON pointer of a value in the configuration, quoted for a message. */
export function pointer(path: Path): string {
  return JSON.stringify(path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
}
