import { Annotations } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { mappingRules, RuleError, type RuleName, ruleCode } from '../../../cdk/index.ts';
import { aStack, warningsOf } from '../support/synth-app.ts';
import { clusterCases, topicCases } from './cluster-cases.ts';
import { consumerCases, nameCases } from './consumer-cases.ts';
import { mappingCases } from './mapping-cases.ts';
import type { RuleCase } from './rule-case.ts';

/** A rule without a case does not compile. */
const cases: Readonly<Record<RuleName, RuleCase>> = {
  ...mappingCases,
  ...consumerCases,
  ...nameCases,
  ...clusterCases,
  ...topicCases,
};

const names = Object.keys(mappingRules) as RuleName[];
const errors = names.filter((name) => mappingRules[name].severity === 'error');
const warnings = names.filter((name) => mappingRules[name].severity === 'warning');

function stackOf({ region }: RuleCase) {
  return aStack(region ? { env: { region } } : {});
}

describe.each(errors)('%s', (name) => {
  const { breaks, message, nearest } = cases[name];

  test('refuses, and says what is allowed, what it got, what to do and where', () => {
    expect(() => breaks(stackOf(cases[name]))).toThrow(RuleError);
    expect(() => breaks(stackOf(cases[name]))).toThrow(
      expect.objectContaining({ message, code: ruleCode(name) }),
    );
  });

  test('lets the nearest valid setting pass', () => {
    expect(() => nearest(stackOf(cases[name]))).not.toThrow();
  });
});

describe.each(warnings)('%s', (name) => {
  const { breaks, message, nearest } = cases[name];

  test('warns, and says what is the risk, what it got, what to do and where', () => {
    const stack = stackOf(cases[name]);
    breaks(stack);
    expect(warningsOf(stack)).toContain(message);
  });

  test('is silent about the nearest valid setting, and once it is acknowledged', () => {
    const [calm, acknowledged] = [stackOf(cases[name]), stackOf(cases[name])];
    nearest(calm);
    breaks(acknowledged);
    Annotations.of(acknowledged).acknowledgeWarning(ruleCode(name));
    for (const stack of [calm, acknowledged])
      expect(warningsOf(stack).filter((text) => text.includes(ruleCode(name)))).toEqual([]);
  });
});
