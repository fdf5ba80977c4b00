import type { Volume } from '../../generated/openclaw-instance.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import { filesOfItems, filesOfSource, type Projection, type VolumeFile } from '../volume-files.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What the API server wants of a source, as text that is not empty; of others the schema or a rule knows. */
const NEEDED = {
  awsElasticBlockStore: ['volumeID'],
  azureDisk: ['diskName', 'diskURI'],
  azureFile: ['secretName', 'shareName'],
  cinder: ['volumeID'],
  csi: ['driver'],
  flexVolume: ['driver'],
  gcePersistentDisk: ['pdName'],
  gitRepo: ['repository'],
  glusterfs: ['endpoints', 'path'],
  iscsi: ['iqn', 'targetPortal'],
  nfs: ['server'],
  photonPersistentDisk: ['pdID'],
  portworxVolume: ['volumeID'],
  quobyte: ['registry', 'volume'],
  rbd: ['image'],
  scaleIO: ['gateway', 'system'],
  vsphereVolume: ['volumePath'],
} as const satisfies { readonly [Kind in keyof Volume]?: readonly string[] };

function fileFindings(all: readonly VolumeFile[]): Finding[] {
  return all
    .filter(({ text }) => text === '' || text.startsWith('/') || text.startsWith('..') || text.split('/').includes('..'))
    .map(({ text, path }) => ({ path, message: `${safelyQuoted(text)} leads out of the volume; expected a relative path without ".."` }));
}

function emptyFindings(volume: Volume, path: Path): Finding[] {
  return (Object.keys(NEEDED) as (keyof typeof NEEDED)[]).flatMap((kind) => {
    const source: Readonly<Record<string, unknown>> = { ...volume[kind] };
    return NEEDED[kind]
      .filter((field) => source[field] === '')
      .map((field) => ({
        path: [...path, kind, field],
        message: `${kind} has an empty "${field}"; expected where the volume is`,
        hint: 'say where the volume is, or remove it',
      }));
  });
}

function projectedFindings(sources: readonly Projection[], path: Path): Finding[] {
  const findings: Finding[] = [];
  const taken = new Set<string>();
  for (const [index, source] of sources.entries()) {
    const place = [...path, index];
    const kinds = Object.keys(source);
    if (kinds.length > 1)
      findings.push({ path: place, message: `the source has ${kinds.map((kind) => `"${kind}"`).join(' and ')}; expected one of them` });
    const all = filesOfSource(source, place);
    findings.push(...fileFindings(all));
    for (const file of all) {
      if (taken.has(file.text))
        findings.push({ path: file.path, message: `${safelyQuoted(file.text)} is a file of the volume already; expected each path once` });
      taken.add(file.text);
    }
  }
  return findings;
}

export const volumeFiles: Rule = {
  id: 'volume-files',
  severity: 'error',
  summary: 'A path in a volume of the user leads out of it or is taken, or its source does not say where it is.',
  hint: 'write paths of files relative, without "..", each once; paths of nodes and servers start with "/"',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { volume, path } of userVolumes(instance)) {
      const { configMap, downwardAPI, hostPath, nfs, projected, secret } = volume;
      findings.push(
        ...fileFindings([
          ...filesOfItems(configMap?.items, [...path, 'configMap']),
          ...filesOfItems(secret?.items, [...path, 'secret']),
          ...filesOfItems(downwardAPI?.items, [...path, 'downwardAPI']),
        ]),
        ...projectedFindings(projected?.sources ?? [], [...path, 'projected', 'sources']),
      );
      findings.push(...emptyFindings(volume, path));
      if (hostPath !== undefined && (hostPath.path === '' || hostPath.path.split('/').includes('..')))
        findings.push({
          path: [...path, 'hostPath', 'path'],
          message: `${safelyQuoted(hostPath.path)} is not a path of the node; expected one without ".."`,
        });
      if (nfs !== undefined && !nfs.path.startsWith('/'))
        findings.push({
          path: [...path, 'nfs', 'path'],
          message: `${safelyQuoted(nfs.path)} is not an absolute path; expected one that starts with "/"`,
        });
    }
    return findings;
  },
};
