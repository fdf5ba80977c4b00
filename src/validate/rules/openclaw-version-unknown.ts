import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { versionOfTag } from '../../resolve/openclaw-version.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** For `latest` the rule about it says enough. */
export const openclawVersionUnknown: Rule = {
  id: 'openclaw-version-unknown',
  severity: 'warning',
  summary: 'Nothing tells which OpenClaw version the image holds; the configuration is written for the newest one.',
  hint: `set the annotation ${INSTANCE_ANNOTATIONS.openclawVersion}`,
  check({ instance, resolved: { openclaw } }: RuleContext) {
    const said = instance.annotations[INSTANCE_ANNOTATIONS.openclawVersion];
    if (said !== undefined && versionOfTag(said) === null) {
      const path = ['metadata', 'annotations', INSTANCE_ANNOTATIONS.openclawVersion];
      return [
        {
          path,
          severity: 'error' as const,
          hint: 'write the version as the image tags have it',
          message: `${safelyQuoted(said)} is not an OpenClaw version; expected a form such as "2026.9.6"`,
        },
      ];
    }
    if (openclaw.version !== null) return [];
    const { tag = '', digest = '' } = instance.spec.image ?? {};
    if (digest === '') {
      if (tag === '' || tag === 'latest') return [];
      return [
        {
          path: ['spec', 'image', 'tag'],
          message: `${safelyQuoted(tag)} does not tell the OpenClaw version; expected a form such as "2026.9.6"`,
        },
      ];
    }
    return [
      {
        path: ['spec', 'image', 'digest'],
        message: 'a digest does not tell the OpenClaw version; expected a tag or an annotation that does',
      },
    ];
  },
};
