import type { Adoption } from '../../src/adopt/observed.ts';

/** Of `agents/ada` from an operator that called itself `manager`, by Argo CD and with nothing taken away. */
export const ADOPTION: Adoption = {
  namespace: 'agents',
  name: 'ada',
  engine: 'argocd',
  operatorManager: 'manager',
  operatorIsStopped: false,
  deletesInstance: false,
  prunes: false,
};
