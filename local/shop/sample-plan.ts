import { type Random, randomInteger } from '../random.ts';

/** What a sample record is to be: an order of some kind, or something else. */
export type SampleKind =
  | 'plain'
  /** An order that wants sku-13, of which there are five. */
  | 'scarce'
  /** An order that wants a sku that nobody has. */
  | 'unknown-sku'
  | 'cancellation'
  | 'undecodable'
  | 'schema-violation';

/** From here on a plan has at least one of each kind, and more wishes for sku-13 than there is stock. */
const completeFrom = 20;
const leastScarce = 6;

/** Which record is of which kind. The first quarter has no cancellation, so that there always is an order to cancel. */
export function planSamples(count: number, random: Random): readonly SampleKind[] {
  const plan = new Array<SampleKind>(count).fill('plain');
  const atLeast = (least: number) => (count >= completeFrom ? least : 0);
  const placeSome = (kind: SampleKind, share: number, least: number) => {
    const wanted = Math.max(atLeast(least), Math.round(count * share));
    const from = kind === 'cancellation' ? Math.ceil(count / 4) : 0;
    for (let placed = 0; placed < wanted && hasPlain(plan, from); ) {
      const at = randomInteger(random, from, count - 1);
      if (plan[at] !== 'plain') continue;
      plan[at] = kind;
      placed += 1;
    }
  };
  placeSome('cancellation', 0.1, 1);
  placeSome('undecodable', 0.01, 1);
  placeSome('schema-violation', 0.01, 1);
  placeSome('scarce', 0.04, leastScarce);
  placeSome('unknown-sku', 0.01, 1);
  return plan;
}

function hasPlain(plan: readonly SampleKind[], from: number): boolean {
  return plan.indexOf('plain', from) !== -1;
}
