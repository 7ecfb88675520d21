/** `npm run docs:knobs`: writes the table of knobs into docs/local.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withKnobTable } from './knob-table.ts';

const file = new URL('../../docs/local.md', import.meta.url);
writeFileSync(file, withKnobTable(readFileSync(file, 'utf8')));
