/**
 * The plans that the renderer writes and the pod programs read, as JSON: the one contract between the two.
 * `schema` is raised when a program could misread an older plan; programs refuse a number they do not know.
 * All paths are absolute paths inside the container that runs the program.
 */
import type { JsonObject } from './json.ts';

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
  /** Keys of what `install-skills.mjs` installs; what it once installed and is not among them is removed. Absent: nothing is installed. */
  readonly installed?: readonly string[];
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

/** What `install-skills.mjs` installs before the agent starts; nothing that is there already needs the network. */
export interface InstallSkillsPlan {
  readonly schema: typeof PLAN_SCHEMA;
  /** Where the root of the data volume is mounted, e.g. `/data`. */
  readonly volume: string;
  /** `fail`: the agent does not start without all of this. `start`: it starts without what could not be had. */
  readonly onFailure: 'fail' | 'start';
  /** OpenClaw's command line, e.g. `["node", "/app/openclaw.mjs"]`. */
  readonly openclaw: readonly string[];
  /** OpenClaw's configuration during an installation: a copy in a scratch directory, since the real one may be read-only. */
  readonly config: JsonObject;
  /** Where the state directory is mounted. */
  readonly stateDirectory: string;
  /** The agent's own configuration, by which an older release's state is migrated before plugins change. */
  readonly agentConfig: string;
  readonly skills: readonly PlannedSkill[];
  readonly packages: readonly PlannedPackage[];
  readonly plugins: readonly PlannedPlugin[];
  /** Options of `plugins install` for this OpenClaw version. */
  readonly pluginOptions: readonly string[];
}

interface PlannedRelease {
  /** Identity in the record, whatever the version. */
  readonly key: string;
  /** As the spec names it, for messages. */
  readonly name: string;
  /** Exact version or, for ClawHub and npm, a tag; null for the newest at the time of installation. */
  readonly version: string | null;
  /** Digest that the registry must give, e.g. `sha512-…`; null for any. */
  readonly integrity: string | null;
}

/** A skill of ClawHub, placed at `<root>/skills/<slug>`. */
export interface PlannedSkill extends PlannedRelease {
  readonly slug: string;
  /** Null leaves the owner to ClawHub, which refuses an ambiguous slug. */
  readonly owner: string | null;
  /** The state directory or a workspace's. */
  readonly root: string;
}

/** A package of npm whose commands the agent finds on its PATH. */
export interface PlannedPackage extends PlannedRelease {
  readonly package: string;
}

export interface PlannedPlugin extends PlannedRelease {
  readonly source: 'clawhub' | 'npm';
  readonly package: string;
  /** The id that the configuration enables. */
  readonly id: string;
}

/** What `install-tools.mjs` puts on the volume. */
export interface InstallToolsPlan {
  readonly schema: typeof PLAN_SCHEMA;
  readonly onFailure: 'fail' | 'start';
  /** Directory of commands that the agent has on its PATH. */
  readonly binDirectory: string;
  /** For corepack, with the digest that it checks: `12.21.0+sha512.…`. Null for none. */
  readonly pnpm: { readonly version: string; readonly digest: string } | null;
  readonly python: {
    /** Exact version, e.g. `3.12.14`. */
    readonly version: string;
    /** The uv that the image brought. */
    readonly uv: string;
    /** Where uv keeps its Pythons, as it finds them by itself. */
    readonly directory: string;
  } | null;
}

/** What `adopt-tailnet-identity.mjs` takes over from the operator before the Tailscale daemon starts. */
export interface AdoptTailnetIdentityPlan {
  readonly schema: typeof PLAN_SCHEMA;
  /** Directory with a file for each key of the Secret. */
  readonly secret: string;
  /** The file in which the daemon keeps its state. */
  readonly state: string;
}
