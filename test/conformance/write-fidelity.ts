import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityDocument } from './fidelity.ts';

/** `npm run docs:fidelity` writes docs/fidelity.md. */
writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'fidelity.md'), fidelityDocument());
