import type { Path } from '../parse/source.ts';
import type { Spec } from '../resolve/instance.ts';
import { patterns, specPlaces } from './spec-places.ts';

export interface SkillPlace {
  readonly name: string;
  readonly path: Path;
}

const SKILLS = patterns('skills.*', 'workspace.additionalWorkspaces.*.skills.*');

/** The skills of the default workspace, then those of the additional ones, as the spec lists them. */
export function skillPlaces(spec: Spec): SkillPlace[] {
  return specPlaces(spec, SKILLS).map(({ path, value }) => ({ path, name: value as string }));
}
