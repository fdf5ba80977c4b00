/** The renderer as `npm run parity` uses it: the text of one input in, objects or errors out. */
import { render } from '../src/index.ts';
import type { RenderedObject } from '../test/parity/differences.ts';
import type { RenderAnswer } from './parity-case.ts';

export function renderInput(input: string): RenderAnswer {
  const { diagnostics, objects } = render([{ name: 'input.yaml', bytes: new TextEncoder().encode(input) }]);
  const refusals = diagnostics.filter(({ severity }) => severity === 'error').map(({ rule, message }) => ({ rule, message }));
  // Through text, as an engine would read it: undefined fields are gone, and so is any sharing.
  return { objects: JSON.parse(JSON.stringify([...objects])) as readonly RenderedObject[], refusals };
}
