import type { Mark, Rule } from './rules/rule.ts';
import { RULE_SECTIONS, RULES, type RuleSection } from './rules.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/** docs/fidelity.md, whole. A test holds the file against it. */
export function fidelityDocument(): string {
  return [introduction(), ...RULE_SECTIONS.map(section), scenarioList(), outOfScope()].join('\n');
}

function introduction(): string {
  return `# How faithful the local event source mapping is

Each rule of how AWS Lambda's event source mapping for Kafka behaves, as far as it is known, with where it comes from:

* **documented**: AWS says so; the source is the page of the Lambda Developer Guide.
* **observed**: somebody saw it on AWS and published it.
* **assumed**: nobody says so, or only for another kind of source. A choice of ours; where AWS might well differ, a knob turns it.

Nothing here was tested against AWS. ${counts()}

Scenarios are in \`test/conformance/scenarios/\`. They are played on the embedded source in virtual time, and on Apache Kafka where that
can show anything else. This file is written by \`npm run docs:fidelity\` from \`test/conformance/\`.
`;
}

function counts(): string {
  const count = (mark: Mark) => RULES.filter((rule) => rule.mark === mark).length;
  return `Of ${RULES.length} rules ${count('documented')} are documented, ${count('observed')} observed and ${count('assumed')} assumed.`;
}

function section({ title, rules }: RuleSection): string {
  const rows = rules.filter((rule) => rule.outOfScope === undefined).map(row);
  return `## ${title}\n\n| Rule | | What holds | Source | Knob | Shown by |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

function row(rule: Rule): string {
  const { id, mark, statement, source, knob } = rule;
  const cells = [id, mark, statement, source, knob === undefined ? '' : `\`${knob}\``, shownBy(rule)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** So many scenarios are named; some rules are shown by dozens. */
const NAMED = 4;

function shownBy({ id, tests = [] }: Rule): string {
  const scenarios = scenariosOf(id).map((scenario) => scenario.id);
  const rest = scenarios.length - NAMED;
  const named = rest > 1 ? [...scenarios.slice(0, NAMED), `${rest} more`] : scenarios;
  return [...named, ...tests.map((test) => `\`${test}\``)].join(', ');
}

export function scenariosOf(rule: string): readonly Scenario[] {
  return SCENARIOS.filter(({ rules }) => rules.includes(rule));
}

function scenarioList(): string {
  const rows = SCENARIOS.map(
    ({ id, title, strict, notOnKafka }) =>
      `| ${id} | ${title.replaceAll('|', '\\|')} | ${strict === true ? 'all variants' : ''} | ${notOnKafka ?? 'yes'} |`,
  );
  return `## Scenarios

*All variants*: under every combination of the knobs partialReading, thinRetry and nullStyle.

| Scenario | What it shows | | On Apache Kafka |
|---|---|---|---|
${rows.join('\n')}
`;
}

function outOfScope(): string {
  const rows = RULES.flatMap(({ id, mark, statement, outOfScope: reason }) =>
    reason === undefined ? [] : [`| ${id} | ${mark} | ${statement} | ${reason} |`],
  );
  return `## Out of scope\n\n| Rule | | What holds | Why it is left out |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
