import { isDnsSubdomain } from '../../kube/name-syntax.ts';
import type { Path } from '../../parse/source.ts';
import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces, type SpecPlace } from '../spec-places.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Here an empty name is the same as none. */
const OPTIONAL = patterns(
  'availability.runtimeClassName',
  'backup.serviceAccountName',
  'chromium.persistence.existingClaim',
  'chromium.persistence.storageClass',
  'gateway.existingSecret',
  'image.pullSecrets.*.name',
  'networking.ingress.className',
  'networking.ingress.security.basicAuth.existingSecret',
  'networking.ingress.tls.*.secretName',
  'ollama.storage.existingClaim',
  'security.caBundle.configMapName',
  'security.caBundle.secretName',
  'security.rbac.serviceAccountName',
  'storage.persistence.existingClaim',
  'storage.persistence.storageClass',
  'extraVolumes.*.ephemeral.volumeClaimTemplate.spec.storageClassName',
  'sidecarVolumes.*.ephemeral.volumeClaimTemplate.spec.storageClassName',
  'extraVolumes.*.ephemeral.volumeClaimTemplate.spec.volumeAttributesClassName',
  'sidecarVolumes.*.ephemeral.volumeClaimTemplate.spec.volumeAttributesClassName',
);

/** Objects that are nothing without a name. */
const REFERENCES = patterns(
  'config.configMapRef',
  'tailscale.authKeySecretRef',
  'webTerminal.credential.secretRef',
  'workspace.additionalWorkspaces.*.configMapRef',
  'workspace.configMapRef',
);

function namesInEnv({ instance }: RuleContext): SpecPlace[] {
  const entries = envLists(instance).flatMap((list) => list.entries);
  return entries.flatMap(({ entry: { valueFrom }, path }) => {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    if (configMapKeyRef !== undefined)
      return [{ path: [...path, 'valueFrom', 'configMapKeyRef', 'name'], value: configMapKeyRef.name ?? '' }];
    if (secretKeyRef !== undefined) return [{ path: [...path, 'valueFrom', 'secretKeyRef', 'name'], value: secretKeyRef.name ?? '' }];
    return [];
  });
}

/** Of every container. */
function referencesInEnvFrom({ instance }: RuleContext): SpecPlace[] {
  return envLists(instance)
    .flatMap((list) => list.envFrom)
    .flatMap(({ source, path }) =>
      (['configMapRef', 'secretRef'] as const).flatMap((kind) => {
        const reference = source[kind];
        return reference === undefined ? [] : [{ path: [...path, kind], value: { ...reference } }];
      }),
    );
}

function namesInVolumes({ instance }: RuleContext): SpecPlace[] {
  return userVolumes(instance).flatMap(({ volume: { configMap, persistentVolumeClaim, projected, secret }, path }) => {
    const places: SpecPlace[] = [];
    function place(name: string | undefined, isOptional: boolean | undefined, ...steps: Path): void {
      // An optional object may be missing for ever; that there is a name is the schema's business.
      if (!isOptional && name !== undefined) places.push({ path: [...path, ...steps], value: name });
    }
    if (configMap) place(configMap.name, configMap.optional, 'configMap', 'name');
    if (secret) place(secret.secretName, secret.optional, 'secret', 'secretName');
    if (persistentVolumeClaim) place(persistentVolumeClaim.claimName, false, 'persistentVolumeClaim', 'claimName');
    for (const [index, source] of (projected?.sources ?? []).entries()) {
      for (const kind of ['configMap', 'secret'] as const) {
        const reference = source[kind];
        if (reference) place(reference.name, reference.optional, 'projected', 'sources', index, kind, 'name');
      }
    }
    return places;
  });
}

/** Secrets that a driver is given. */
function referencesInVolumes({ instance }: RuleContext): SpecPlace[] {
  return userVolumes(instance).flatMap(({ volume: { csi }, path }) => {
    const reference = csi?.nodePublishSecretRef;
    return reference === undefined ? [] : [{ path: [...path, 'csi', 'nodePublishSecretRef'], value: { ...reference } }];
  });
}

export const referenceName: Rule = {
  id: 'reference-name',
  severity: 'error',
  summary: 'The name of an object that the spec refers to cannot be a name in Kubernetes.',
  hint: 'names are lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
  check(context: RuleContext) {
    const { spec } = context.instance;
    const optional = specPlaces(spec, OPTIONAL).filter(({ value }) => value !== '');
    const findings: Finding[] = [];
    const needed: SpecPlace[] = [];
    for (const { path, value } of [...specPlaces(spec, REFERENCES), ...referencesInEnvFrom(context), ...referencesInVolumes(context)]) {
      const { name } = value as { readonly name?: string };
      if (name === undefined) findings.push({ path, message: 'the reference has no name; expected the name of an object' });
      else needed.push({ path: [...path, 'name'], value: name });
    }
    for (const { path, value } of [...optional, ...needed, ...namesInEnv(context), ...namesInVolumes(context)]) {
      const name = String(value);
      if (!isDnsSubdomain(name))
        findings.push({ path, message: `${safelyQuoted(name)} cannot be the name of an object; expected a name such as "bot-keys"` });
    }
    return findings;
  },
};
