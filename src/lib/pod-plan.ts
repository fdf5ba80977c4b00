/**
 * The plans that the renderer writes and the pod programs read, as JSON: the one contract between the two.
 * `schema` is raised when a program could misread an older plan; programs refuse a number they do not know.
 * All paths are absolute paths inside the container that runs the program.
 */

export const PLAN_SCHEMA = 1;

/** What `prepare.mjs` makes true before any other container of the pod starts. Every step is idempotent. */
export interface PreparePlan {
  readonly schema: typeof PLAN_SCHEMA;
  /** The state directory, and the adoption of the operator's layout, which had it at the root of the volume. */
  readonly state: {
    /** Where the volume's root is mounted, e.g. `/data`. */
    readonly volume: string;
    /** Name of the state directory on the volume, e.g. `openclaw`: 0700 and owned by the pod's uid. */
    readonly directory: string;
    /** Entries of the root that are not state and stay where they are, e.g. `.cache`, `lost+found`. */
    readonly keepAtRoot: readonly string[];
  };
  /** Made in order, with parents; each ends up owned by the pod's uid. `mode` is an octal string such as `0700`. */
  readonly directories: readonly { readonly path: string; readonly mode: string }[];
  /** Symbolic links, replaced when they point elsewhere; a real file or directory in the way is an error. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  readonly files: readonly PreparedFile[];
  /** Groups of `Replace` files with a record of what was placed, so that what leaves the plan leaves the volume. */
  readonly replaceSets: readonly {
    /** Directory that holds the files; nothing outside it is touched. */
    readonly root: string;
    /** File that remembers the placed paths: an absolute path, outside of `root`, so that the agent does not see it. */
    readonly record: string;
    readonly files: readonly { readonly source: string; /** relative to `root` */ readonly path: string; readonly executable?: true }[];
  }[];
  /** nginx `listen` lines, one file a port, IPv6 only where the pod has it. */
  readonly listen: { readonly directory: string; readonly ports: readonly number[] } | null;
  /** How the rendered configuration becomes the live file; null when it is mounted read-only instead. */
  readonly config: {
    readonly source: string;
    readonly target: string;
    readonly mode: 'merge' | 'overwrite';
    /** Dotted paths deleted from the live file before it is merged. */
    readonly forcePaths: readonly string[];
  } | null;
}

/** One seeded file: copied only when `target` does not exist yet (agents edit these). */
export interface PreparedFile {
  readonly source: string;
  readonly target: string;
  readonly executable?: true;
}

/** What `fill-secrets.mjs` (the Job) fills, once, in Secrets that are rendered without data. */
export interface FillSecretsPlan {
  readonly schema: typeof PLAN_SCHEMA;
  readonly namespace: string;
  readonly fieldManager: string;
  readonly secrets: readonly {
    readonly name: string;
    /** Each missing key gets random bytes, written as lower-case hex. */
    readonly keys: readonly { readonly key: string; readonly randomBytes: number }[];
    /** A login made in one go: the keys `username`, `password` (random bytes as hex) and `auth`, its htpasswd line. */
    readonly login?: { readonly username: string; readonly randomBytes: number };
    /** A key that holds what a key of an earlier Secret of this list holds. */
    readonly copy?: { readonly key: string; readonly from: { readonly secret: string; readonly key: string } };
  }[];
}

/** What `pull-models.mjs` makes true while Ollama runs beside it: every model is there. */
export interface PullModelsPlan {
  readonly schema: typeof PLAN_SCHEMA;
  /** Ollama's API, e.g. `http://127.0.0.1:11434`. */
  readonly api: string;
  /** Names as Ollama takes them, in order. */
  readonly models: readonly string[];
}
