/**
 * The renderer with what every stage returns frozen before the next stage gets it, so that a stage that changes its input throws.
 * Made by loading `src/render.ts` a second time with its stages wrapped; the renderer itself knows nothing of it.
 */
import { registerHooks } from 'node:module';
import type { render } from '../../src/render.ts';

const SOURCE = new URL('../../src/', import.meta.url).href;
const MARK = '?frozen';
const STAGES: Readonly<Record<string, string>> = {
  'parse/parse.ts': 'parseSources',
  'parse/classify.ts': 'classify',
  'validate/schema.ts': 'checkSchema',
  'resolve/instance.ts': 'instanceOf',
  'resolve/companions.ts': 'companionsOf',
  'resolve/resolve.ts': 'resolve',
  'compose/compose.ts': 'compose',
  'kinds/index.ts': 'build',
  'output/hash.ts': 'hashed',
  'output/kind-order.ts': 'ordered',
};

function wrapper(url: string, name: string): string {
  return `export * from ${JSON.stringify(url)};
import { ${name} as stage } from ${JSON.stringify(url)};
import { deepFrozen } from ${JSON.stringify(new URL('deep-frozen.ts', import.meta.url).href)};
export function ${name}(...args) {
  return deepFrozen(stage(...args));
}`;
}

export interface FrozenRender {
  readonly render: typeof render;
  /** Stages that were wrapped: all of them, or the proof is worth nothing. */
  readonly missing: readonly string[];
}

export async function frozenRender(): Promise<FrozenRender> {
  const wrapped = new Set<string>();
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const stage = resolved.url.startsWith(SOURCE) ? resolved.url.slice(SOURCE.length) : '';
      const fromRender = context.parentURL === `${SOURCE}render.ts${MARK}`;
      return fromRender && Object.hasOwn(STAGES, stage)
        ? { url: `${resolved.url}${MARK}`, format: 'module', shortCircuit: true }
        : resolved;
    },
    load(url, context, next) {
      const stage = url.endsWith(MARK) ? url.slice(SOURCE.length, -MARK.length) : '';
      if (!Object.hasOwn(STAGES, stage)) return next(url, context);
      wrapped.add(stage);
      return { format: 'module', source: wrapper(url.slice(0, -MARK.length), STAGES[stage]!), shortCircuit: true };
    },
  });
  const module = (await import(`../../src/render.ts${MARK}`)) as { render: typeof render };
  hooks.deregister();
  return { render: module.render, missing: Object.keys(STAGES).filter((stage) => !wrapped.has(stage)) };
}
