/**
 * What `install-skills` remembers of what it installed, at the root of the data volume where the agent cannot change it: the only
 * things that it and `prepare` ever remove.
 */
export const RECORD_FILE = '.openclaw-gitops-installed.json';

export interface InstalledEntry {
  readonly key: string;
  readonly kind: 'skill' | 'package' | 'plugin';
  /** What was asked for when it was installed: version and digest. */
  readonly asked: string;
  /** Files, links and directories that are its own, relative to the volume's root. Empty for a plugin, which OpenClaw removes. */
  readonly paths: readonly string[];
  /** ClawHub's own list that names the skill, relative to the volume's root, and the name there. */
  readonly listed?: { readonly file: string; readonly slug: string };
  readonly plugin?: { readonly id: string; readonly version: string; readonly directory: string };
}

interface InstalledRecord {
  installed?: InstalledEntry[];
}

/** What ClawHub's command line keeps beside a directory of skills. */
interface SkillList {
  skills?: Record<string, unknown>;
}

/** The entries of a record; one that cannot be read has none, so that nothing is removed by mistake. */
export function entriesOf(text: string): InstalledEntry[] {
  return (parsed(text) as InstalledRecord).installed ?? [];
}

export function recordOf(installed: readonly InstalledEntry[]): string {
  return JSON.stringify({ installed });
}

/** The text of ClawHub's list without one skill; empty when it is not in there. */
export function listWithout(text: string, slug: string): string {
  const list = parsed(text) as SkillList;
  if (!list.skills?.[slug]) return '';
  delete list.skills[slug];
  return JSON.stringify(list);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
