import { DEFAULT_BACK_OFF, KNOB_TABLE } from '../mapping/knobs.ts';

/** Every knob as a Markdown table: what docs/local.md shows. */
export function renderKnobTable(): string {
  const { initialMs, factor, maximumMs, jitter } = DEFAULT_BACK_OFF;
  const backoff = `{ initialMs: ${initialMs}, factor: ${factor}, maximumMs: ${maximumMs}, jitter: ${jitter} }`;
  const rows = Object.entries(KNOB_TABLE).map(([name, { kind, values, rule, doc }]) =>
    row([`\`${name}\``, kind === 'text' ? `\`${values[0]}\`, or any text` : choices(values), rule, doc]),
  );
  return [
    row(['knob', 'values, the default first', 'rule', 'what it decides']),
    row(['---', '---', '---', '---']),
    ...rows,
    row(['`backoff`', `\`${backoff}\``, 'R96', 'the pause before each further attempt, in the file only']),
  ].join('\n');
}

const choices = (values: readonly string[]) => values.map((value) => `\`${value}\``).join(', ');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const begin = '<!-- knobs: written by npm run docs:knobs -->';
const end = '<!-- end of knobs -->';

/** The document with the present table between its two marks. */
export function withKnobTable(document: string): string {
  const [before, rest] = document.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`the document has no "${begin}" … "${end}"`);
  return `${before}${begin}\n\n${renderKnobTable()}\n\n${end}${after}`;
}
