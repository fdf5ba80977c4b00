/** Marks what is rendered, so that a later run knows it again, and puts it into a file beside that of its instance. */
import type { JsonObject } from '../../lib/json.ts';
import { RENDERED_FROM } from '../../parse/classify.ts';
import type { RenderedPart } from '../../render.ts';
import { annotated, annotationsOf, filePlaceOf, INDICES, PATHS, type FilePlace } from './annotations.ts';

/**
 * The objects of all parts with their annotations. `kept` are the places of the other items: what shares a file with them comes
 * after them, since an orchestrator refuses two items of one place.
 */
export function* placed(parts: Iterable<RenderedPart>, kept: Iterable<FilePlace>): Generator<JsonObject> {
  const next = new Map<string, number>();
  for (const { path, index } of kept) next.set(path, Math.max(next.get(path) ?? 0, index + 1));
  for (const { instance, objects } of parts) {
    const { name, namespace, source } = instance;
    const path = pathBeside(filePlaceOf(source.value)?.path, name);
    const given = annotationsOf(source.value);
    for (const object of objects) {
      const annotations: Record<string, string> = { [RENDERED_FROM]: `${namespace}/${name}` };
      if (path !== null) {
        const index = next.get(path) ?? 0;
        next.set(path, index + 1);
        // The names that the orchestrator uses itself.
        for (const key of PATHS) if (given[key] !== undefined) annotations[key] = path;
        for (const key of INDICES) if (given[key] !== undefined) annotations[key] = String(index);
      }
      yield annotated(object, annotations);
    }
  }
}

/** `bots/ada.rendered.yaml` for an instance named ada in any file of `bots`; null for one that is in no file. */
function pathBeside(path: string | undefined, name: string): string | null {
  if (path === undefined) return null;
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}.rendered.yaml`;
}
