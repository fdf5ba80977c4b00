import type { PersistentVolumeClaimSpec } from '../../generated/openclaw-instance.ts';
import { isDnsLabel, isDnsSubdomain } from '../../kube/name-syntax.ts';
import { parseQuantity } from '../../lib/quantity.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** The only kind that needs no group. */
const CLAIM = 'PersistentVolumeClaim';

function sizeFindings({ resources }: PersistentVolumeClaimSpec, path: Path): Finding[] {
  const storage = resources?.requests?.['storage'];
  if (storage === undefined)
    return [{ path, message: 'the claim has no size; expected "resources.requests.storage"', hint: 'name a size such as "10Gi"' }];
  const quantity = parseQuantity(String(storage));
  if (quantity !== null && quantity > 0n) return [];
  return [
    {
      path: [...path, 'resources', 'requests', 'storage'],
      message: `${safelyQuoted(String(storage))} is no room for anything; expected a size such as "10Gi"`,
      hint: 'name a size such as "10Gi"',
    },
  ];
}

function dataFindings(claim: PersistentVolumeClaimSpec, field: 'dataSource' | 'dataSourceRef', path: Path): Finding[] {
  const source = claim[field];
  if (source === undefined) return [];
  const place = [...path, field];
  const { apiGroup = '', kind, name } = source;
  const findings: Finding[] = [];
  for (const [part, value] of Object.entries({ kind, name })) {
    if (value === '') findings.push({ path: [...place, part], message: `"${part}" is empty; expected what the volume is filled with` });
  }
  if (apiGroup !== '' && !isDnsSubdomain(apiGroup))
    findings.push({
      path: [...place, 'apiGroup'],
      message: `${safelyQuoted(apiGroup)} is no group of an API; expected one such as "snapshot.storage.k8s.io"`,
    });
  if (apiGroup === '' && kind !== '' && kind !== CLAIM)
    findings.push({
      path: place,
      message: `${safelyQuoted(kind)} has no group; expected "apiGroup" beside it, or "${CLAIM}"`,
    });
  return findings;
}

function togetherFindings({ dataSource, dataSourceRef }: PersistentVolumeClaimSpec, path: Path): Finding[] {
  if (dataSourceRef === undefined) return [];
  const { namespace = '' } = dataSourceRef;
  const findings: Finding[] = [];
  if (namespace !== '' && !isDnsLabel(namespace))
    findings.push({
      path: [...path, 'dataSourceRef', 'namespace'],
      message: `${safelyQuoted(namespace)} cannot be the name of a namespace; expected one such as "agents"`,
    });
  if (dataSource === undefined) return findings;
  const isSame =
    namespace === '' &&
    dataSource.kind === dataSourceRef.kind &&
    dataSource.name === dataSourceRef.name &&
    dataSource.apiGroup === dataSourceRef.apiGroup;
  if (!isSame)
    findings.push({
      path: [...path, 'dataSource'],
      message: '"dataSource" and "dataSourceRef" say different things; expected one of the two',
      hint: 'remove "dataSource"',
    });
  return findings;
}

export const ephemeralClaim: Rule = {
  id: 'ephemeral-claim',
  severity: 'error',
  summary: 'The claim of an ephemeral volume of the user is none that Kubernetes makes.',
  hint: 'give it a size and an access mode; what it is filled with is a claim, or an object with its apiGroup',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { volume, path } of userVolumes(instance)) {
      if (volume.ephemeral === undefined) continue;
      const template = volume.ephemeral.volumeClaimTemplate;
      if (template === undefined) {
        findings.push({ path: [...path, 'ephemeral'], message: 'the volume has no claim; expected "volumeClaimTemplate"' });
        continue;
      }
      const { spec } = template;
      const place = [...path, 'ephemeral', 'volumeClaimTemplate', 'spec'];
      if ((spec.accessModes ?? []).length === 0)
        findings.push({ path: place, message: 'the claim has no access mode; expected "accessModes" such as "ReadWriteOnce"' });
      findings.push(
        ...sizeFindings(spec, place),
        ...dataFindings(spec, 'dataSource', place),
        ...dataFindings(spec, 'dataSourceRef', place),
        ...togetherFindings(spec, place),
      );
    }
    return findings;
  },
};
