import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderKnobTable, withKnobTable } from '../../../local/config/knob-table.ts';
import { KNOB_TABLE } from '../../../local/mapping/knobs.ts';
import { projectRoot } from '../../support/source-files.ts';

test('docs/local.md has the knobs as they are; npm run docs:knobs writes them', () => {
  const document = readFileSync(join(projectRoot, 'docs', 'local.md'), 'utf8');
  expect(withKnobTable(document)).toBe(document);
});

test('the table has a row for each knob, with the default before other values and the rule', () => {
  const rows = renderKnobTable().split('\n').slice(2);
  expect(rows).toHaveLength(Object.keys(KNOB_TABLE).length + 1);
  expect(rows[0]).toMatch(/^\| `partialReading` \| `listed-only`, `from-lowest` \| R86e \| /);
});

test('a document without a place for the table is refused', () => {
  expect(() => withKnobTable('# Knobs')).toThrow('the document has no');
});
