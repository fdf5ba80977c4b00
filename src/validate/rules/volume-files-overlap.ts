import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import { filesOfItems, filesOfSource, type VolumeFile } from '../volume-files.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** A name in the volume: a file, or a directory of those below. */
interface Place {
  /** Whose it is, or who has made a directory of it. */
  readonly by: string;
  readonly isFile: boolean;
  readonly below: Map<string, Place>;
}

/** Each file that another one before it leaves no room for: the API server warns at most, and the volume is incomplete or never mounted. */
function overlaps(files: readonly VolumeFile[]): Finding[] {
  const findings: Finding[] = [];
  const root = new Map<string, Place>();
  for (const { text, path } of files) {
    const names = namesOf(text);
    const other = taken(root, names);
    if (other === null) continue;
    findings.push({
      path,
      message: other.isSame
        ? `${safelyQuoted(text)} is a file of the volume already, so that one of both is lost; expected each path once`
        : `${safelyQuoted(text)} and ${safelyQuoted(other.by)} cannot both be files, so that the volume is never mounted; expected none to be the directory of another`,
    });
  }
  return findings;
}

/** Takes the place for a file; gives who had it before, or a part of the way to it, or has something below it. */
function taken(root: Map<string, Place>, names: readonly string[]): { readonly by: string; readonly isSame: boolean } | null {
  const by = names.join('/');
  let below = root;
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    const found = below.get(name);
    if (found !== undefined && (isLast || found.isFile)) return { by: found.by, isSame: isLast && found.isFile };
    const place = found ?? { by, isFile: isLast, below: new Map<string, Place>() };
    below.set(name, place);
    below = place.below;
  }
  return null;
}

/** As the kubelet cleans a path: the API server compares the texts alone. */
function namesOf(text: string): string[] {
  return text.split('/').filter((name) => name !== '' && name !== '.');
}

/** Of a projected volume, whose equal paths are an error. */
function withoutRepeated(files: readonly VolumeFile[]): VolumeFile[] {
  return [...Map.groupBy(files, ({ text }) => text).values()].map(([first]) => first!);
}

export const volumeFilesOverlap: Rule = {
  id: 'volume-files-overlap',
  severity: 'warning',
  summary: 'Two files of a volume of the user are in the same place, or one is where the directory of the other has to be.',
  hint: 'give each file of the volume a path of its own',
  check({ instance }: RuleContext) {
    return userVolumes(instance).flatMap(({ volume: { configMap, downwardAPI, projected, secret }, path }) => [
      ...overlaps(filesOfItems(configMap?.items, [...path, 'configMap'])),
      ...overlaps(filesOfItems(secret?.items, [...path, 'secret'])),
      ...overlaps(filesOfItems(downwardAPI?.items, [...path, 'downwardAPI'])),
      ...overlaps(
        withoutRepeated(
          (projected?.sources ?? []).flatMap((source, index) => filesOfSource(source, [...path, 'projected', 'sources', index])),
        ),
      ),
    ]);
  },
};
