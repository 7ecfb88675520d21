/** Writes docs/mapping-rules.md anew: `node cdk/write-rules-document.ts`. */
import { writeFileSync } from 'node:fs';
import { rulesDocument } from './constructs/rules/rules-document.ts';

writeFileSync(new URL('../docs/mapping-rules.md', import.meta.url), rulesDocument());
