/** One rule of a judge of Kubernetes manifests, and how our output stands to it. */
import type { PredicateName } from './predicates.ts';

export type Tool = 'kube-linter' | 'kube-score' | 'polaris' | 'kubesec' | 'trivy' | 'kubescape' | 'checkov';

export interface JudgedRule {
  readonly tool: Tool;
  readonly rule: string;
  readonly verdict:
    | { readonly met: PredicateName }
    /** On purpose; whoever reads the judge's report finds the reason here. */
    | { readonly departs: string }
    /** Nothing that we render can meet or break it. */
    | { readonly silent: string };
}

/** Rules of one tool: what is met by predicate, what departs and what does not apply, by reason. */
export function rulesOf(
  tool: Tool,
  groups: {
    readonly met: Readonly<Partial<Record<PredicateName, readonly string[]>>>;
    readonly departs: readonly (readonly [reason: string, ...rules: readonly string[]])[];
    readonly silent: readonly (readonly [reason: string, ...rules: readonly string[]])[];
  },
): JudgedRule[] {
  return [
    ...Object.entries(groups.met).flatMap(([met, rules]) =>
      (rules ?? []).map((rule): JudgedRule => ({ tool, rule, verdict: { met: met as PredicateName } })),
    ),
    ...groups.departs.flatMap(([departs, ...rules]) => rules.map((rule): JudgedRule => ({ tool, rule, verdict: { departs } }))),
    ...groups.silent.flatMap(([silent, ...rules]) => rules.map((rule): JudgedRule => ({ tool, rule, verdict: { silent } }))),
  ];
}
