import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { mappingRules, type RuleName, ruleCode } from './mapping-rules.ts';

/** A setting that cannot work. The message names the rule, the value got, the fix, the code and the construct. */
export class RuleError extends Error {
  /** `lanewise:…`, see docs/mapping-rules.md. */
  readonly code: string;
  readonly fix: string;

  constructor(scope: IConstruct, name: RuleName, got: string) {
    super(messageOf(name, got, scope));
    this.name = 'RuleError';
    this.code = ruleCode(name);
    this.fix = mappingRules[name].fix;
  }
}

/** Throws or warns, as the rule says. `got` tells the offending value in the words of the props. */
export function enforce(scope: IConstruct, name: RuleName, got: string): void {
  if (mappingRules[name].severity === 'error') throw new RuleError(scope, name, got);
  Annotations.of(scope).addWarningV2(ruleCode(name), messageOf(name, got, scope));
}

/** Enforces a rule where `broken` holds. */
export function enforceIf(broken: boolean, scope: IConstruct, name: RuleName, got: string): void {
  if (broken) enforce(scope, name, got);
}

/** A whole number in a range, both ends included; a token is let through, nobody can know it. */
export function isOutside(value: number, minimum: number, maximum: number): boolean {
  if (Token.isUnresolved(value)) return false;
  return !Number.isInteger(value) || value < minimum || value > maximum;
}

function messageOf(name: RuleName, got: string, scope: IConstruct): string {
  const { text, fix } = mappingRules[name];
  return `${text}; got ${got}: ${fix} [${ruleCode(name)}] at ${scope.node.path}`;
}
