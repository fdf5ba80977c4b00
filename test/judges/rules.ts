import type { JudgedRule } from './judged-rule.ts';
import { CHECKOV } from './tools/checkov.ts';
import { KUBE_LINTER } from './tools/kube-linter.ts';
import { KUBE_SCORE } from './tools/kube-score.ts';
import { KUBESCAPE } from './tools/kubescape.ts';
import { KUBESEC } from './tools/kubesec.ts';
import { POLARIS } from './tools/polaris.ts';
import { TRIVY } from './tools/trivy.ts';

/** Every rule of every judge. */
export const JUDGED_RULES: readonly JudgedRule[] = [
  ...KUBE_LINTER,
  ...KUBE_SCORE,
  ...POLARIS,
  ...KUBESEC,
  ...TRIVY,
  ...KUBESCAPE,
  ...CHECKOV,
];
