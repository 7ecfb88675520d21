/** How long to wait before the next try (R96, assumed: 1 s doubling to 30 s with jitter; a knob). */
import type { BackOffRule } from '../knobs.ts';

/**
 * Milliseconds to wait after `failures` failures in a row (1 or more). Jitter only shortens, so that the maximum holds.
 */
export function backOffDelay(rule: BackOffRule, failures: number, random: () => number): number {
  const grown = rule.initialMs * rule.factor ** (Math.max(1, failures) - 1);
  const delay = Math.min(rule.maximumMs, grown);
  return Math.round(delay * (1 - rule.jitter * random()));
}
