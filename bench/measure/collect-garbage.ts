import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc: (options: { readonly type: 'minor' | 'major' }) => void = runInNewContext('gc');

/** Before a turn, so that it does not pay for what was made to prepare it. */
export function collectGarbage(type: 'minor' | 'major' = 'minor'): void {
  gc({ type });
}
