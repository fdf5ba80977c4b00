import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import { filesOfItems, filesOfSource, type VolumeFile } from '../volume-files.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Each file that another one before it leaves no room for: the API server warns at most, and the volume is incomplete or never mounted. */
function overlaps(files: readonly VolumeFile[]): Finding[] {
  const findings: Finding[] = [];
  const taken: string[] = [];
  for (const { text, path } of files) {
    const place = placeOf(text);
    if (place === '') continue;
    const other = taken.find((one) => `${one}/`.startsWith(`${place}/`) || `${place}/`.startsWith(`${one}/`));
    if (other === place)
      findings.push({
        path,
        message: `${safelyQuoted(text)} is a file of the volume already, so that one of both is lost; expected each path once`,
      });
    else if (other !== undefined)
      findings.push({
        path,
        message: `${safelyQuoted(text)} and ${safelyQuoted(other)} cannot both be files, so that the volume is never mounted; expected none to be the directory of another`,
      });
    taken.push(place);
  }
  return findings;
}

/** As the kubelet cleans a path: the API server compares the texts alone. */
function placeOf(text: string): string {
  const names = text.split('/').filter((name) => name !== '' && name !== '.');
  return names.join('/');
}

/** Of a projected volume, whose equal paths are an error. */
function withoutRepeated(files: readonly VolumeFile[]): VolumeFile[] {
  return files.filter(({ text }, index) => files.findIndex((other) => other.text === text) === index);
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
