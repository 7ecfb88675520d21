import { type Random, randomInteger } from '../../../local/random.ts';
import { chance } from './draw.ts';

/** What happens to a record when it is handled, or before. Those with `times` end well after that many tries. */
export type Fate =
  | { readonly kind: 'succeeds' }
  | { readonly kind: 'fails'; readonly times: number }
  /** Its call never ends. */
  | { readonly kind: 'hangs'; readonly times: number }
  /** Takes longer than the function has, and does not let anything else run meanwhile. */
  | { readonly kind: 'blocks'; readonly times: number }
  /** The process of the function ends in the middle of it. */
  | { readonly kind: 'exits'; readonly times: number }
  /** Can never succeed, and says so. */
  | { readonly kind: 'permanent' }
  | { readonly kind: 'undecodable' }
  /** Its event alone is above the limit. */
  | { readonly kind: 'oversized' }
  /** The schema registry does not know its schema. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'filtered' };

export interface FateRules {
  /** Share of records with which something goes wrong, 0 to 1. */
  readonly trouble: number;
  /** Whether a record that never succeeds ends all the same: parked, or given up after some attempts. */
  readonly mayNeverSucceed: boolean;
  readonly schema: boolean;
  readonly filter: boolean;
}

export function drawFate(random: Random, rules: FateRules): Fate {
  if (rules.filter && chance(random, 0.3)) return { kind: 'filtered' };
  if (!chance(random, rules.trouble)) return { kind: 'succeeds' };
  const times = randomInteger(random, 1, chance(random, 0.2) ? 8 : 3);
  const draw = random();
  if (draw < 0.4) return { kind: 'fails', times };
  if (draw < 0.5) return { kind: 'hangs', times: 1 };
  if (draw < 0.58) return { kind: 'blocks', times: Math.min(times, 2) };
  if (draw < 0.66) return { kind: 'exits', times: Math.min(times, 2) };
  if (draw < 0.72) return { kind: 'oversized' };
  if (draw < 0.78 && rules.schema) return { kind: 'refused' };
  if (!rules.mayNeverSucceed) return { kind: 'fails', times };
  return draw < 0.9 ? { kind: 'permanent' } : { kind: 'undecodable' };
}
