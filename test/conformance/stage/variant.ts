import type { Expectation, Scenario } from '../scenario.ts';

/** One choice for each thing that AWS leaves open and that matters to many scenarios. */
export interface Variant {
  readonly partialReading: 'listed-only' | 'from-lowest';
  readonly thinRetry: 'after-partial' | 'always' | 'never';
  readonly nullStyle: 'omit' | 'null';
}

const READINGS = ['listed-only', 'from-lowest'] as const;
const THIN = ['after-partial', 'always', 'never'] as const;
const NULLS = ['omit', 'null'] as const;

const DEFAULT: Variant = { partialReading: 'listed-only', thinRetry: 'after-partial', nullStyle: 'omit' };

const PRODUCT: readonly Variant[] = READINGS.flatMap((partialReading) =>
  THIN.flatMap((thinRetry) => NULLS.map((nullStyle) => ({ partialReading, thinRetry, nullStyle }))),
);

/** Every variant of a strict scenario; of another one the defaults, and both readings where they differ. */
export function variantsOf({ strict, listedOnly, fromLowest }: Scenario): readonly Variant[] {
  return strict === true ? PRODUCT : readingsOf(listedOnly !== undefined || fromLowest !== undefined);
}

/** Both readings with the other defaults: each play in real time costs seconds. */
export function readingsOf(both: boolean): readonly Variant[] {
  return both ? READINGS.map((partialReading) => ({ ...DEFAULT, partialReading })) : [DEFAULT];
}

export function expectationOf(scenario: Scenario, { partialReading }: Variant): Expectation {
  const own = partialReading === 'listed-only' ? scenario.listedOnly : scenario.fromLowest;
  return { ...scenario.expect, ...own };
}

export function titleOf(variant: Variant): string {
  return Object.values(variant).join(', ');
}

/** Whether a delivery has `records` and nothing else, by the word that says what it follows. */
export function isThin(follows: string, { thinRetry }: Variant): boolean {
  if (thinRetry === 'never' || follows === 'first') return false;
  return follows === 'reported' || thinRetry === 'always';
}
