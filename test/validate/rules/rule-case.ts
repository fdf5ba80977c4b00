import type { CheckedOptions } from './checked.ts';

/** One input and what a rule says about it. */
export interface RuleCase {
  readonly title: string;
  readonly input: string;
  readonly options?: CheckedOptions;
  /** `<severity> <place>: <message>`, in the order of the findings; empty where the rule is silent. */
  readonly expected: readonly string[];
}

/** The cases of each rule by its id. The first case of a rule is the smallest input that it speaks about. */
export type RuleCases = Readonly<Record<string, readonly RuleCase[]>>;
