import { mappingRules, type RuleName, ruleCode } from './mapping-rules.ts';

/** The rules as docs/mapping-rules.md has them. A test holds the file against it. */
export function rulesDocument(): string {
  const names = Object.keys(mappingRules) as RuleName[];
  const rows = names.map((name) => {
    const { severity, text, fix } = mappingRules[name];
    return `| \`${ruleCode(name)}\` | ${severity} | ${cell(text)} | ${cell(fix)} |`;
  });
  return `${introduction}\n| Code | | What holds | What to do |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

const introduction = `# Rules of a mapping, a topic and a cluster

What AWS refuses at deploy, or accepts and then behaves badly on, is refused at synth. A message names what holds, the value it got, what
to do, the code and the construct. *Errors* cannot work and throw a \`RuleError\` with \`code\` and \`fix\`. *Warnings* work and bite later;
accept one with its code:

\`\`\`ts
Annotations.of(consumer).acknowledgeWarning('lanewise:latest-can-miss-records', 'a dashboard wants the present only');
\`\`\`

This file is written by \`node cdk/write-rules-document.ts\` from \`cdk/constructs/rules/mapping-rules.ts\`.
`;

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
