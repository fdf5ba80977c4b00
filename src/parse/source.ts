/** What the parse stage takes and gives. Text in, plain data with lazily found positions out. */
import type { Location } from '../diagnostics/diagnostic.ts';
import type { JsonObject } from '../lib/json.ts';

/** One file of the input, undecoded, so that wrong encodings are refused and not guessed. */
export interface SourceFile {
  /** Name for messages: the path as given, `/` as separator, or `-`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Keys and indices from the root of an object to a value in it. */
export type Path = readonly (string | number)[];

/** One Kubernetes object of the input. */
export interface SourceObject {
  readonly value: JsonObject;
  /**
   * Where `path` stands in the user's text, found by parsing the file again, so that good input never pays for it.
   * A path that is not in the text gives the nearest parent that is. `part` is `value` unless told.
   */
  readonly locate: (path: Path, part?: 'key' | 'value') => Location;
}
