import type { Stack } from 'aws-cdk-lib';
import type { RuleName } from '../../../cdk/index.ts';

/** A setting that a rule stops, the whole of what it says, and the nearest setting that it lets pass. */
export interface RuleCase {
  readonly breaks: (stack: Stack) => unknown;
  readonly message: string;
  readonly nearest: (stack: Stack) => unknown;
  /** Of the stack. */
  readonly region?: string;
}

export type SomeRuleCases = Readonly<Partial<Record<RuleName, RuleCase>>>;
