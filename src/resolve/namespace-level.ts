import { POD_SECURITY_LEVELS, type PodSecurityLevel } from '../kube/pod-security.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';

/** The level for which an instance wants its namespace rendered; undefined when it does not, or says none that there is. */
export function namespaceLevel({ annotations }: Instance): PodSecurityLevel | undefined {
  return POD_SECURITY_LEVELS.find((level) => level === annotations[INSTANCE_ANNOTATIONS.namespace]);
}
