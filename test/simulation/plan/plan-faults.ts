import { type Random, randomInteger } from '../../../local/random.ts';
import { chance } from './draw.ts';

/** How likely each fault is whenever it could happen. */
export interface FaultRates {
  readonly throttle: number;
  readonly serviceError: number;
  /** The function is invoked twice with one batch, and the first answer is lost. */
  readonly duplicateDelivery: number;
  /** The answer names a record that was not in the event. */
  readonly wrongAnswer: number;
  readonly fetchError: number;
  readonly emptyFetch: number;
  /** Half of them after the broker has taken the commit. */
  readonly commitError: number;
  readonly deliveryError: number;
  readonly crashBeforeCommit: number;
  readonly crashAfterPartialAnswer: number;
  readonly schemaUnavailable: number;
  /** A timer that goes off a millisecond before its time. */
  readonly earlyTick: number;
  /** At each of these times (milliseconds from the start) something happens to the group or the clock. */
  readonly disturbances: readonly Disturbance[];
  /** Faults of the kinds above, all together: what comes after is calm, so that every run can end. */
  readonly budget: number;
}

export type Disturbance = {
  readonly at: number;
  readonly kind: 'join' | 'leave' | 'crash' | 'pause' | 'truncate' | 'clock-forward' | 'clock-back';
};

const KINDS: readonly Disturbance['kind'][] = [
  'join',
  'leave',
  'crash',
  'pause',
  'truncate',
  'clock-forward',
  'clock-back',
];

export function planFaults(random: Random): FaultRates {
  const rate = (most: number) => (chance(random, 0.4) ? random() * most : 0);
  return {
    throttle: rate(0.4),
    serviceError: rate(0.1),
    duplicateDelivery: rate(0.1),
    wrongAnswer: rate(0.1),
    fetchError: rate(0.1),
    emptyFetch: rate(0.2),
    commitError: rate(0.4),
    deliveryError: rate(0.5),
    crashBeforeCommit: rate(0.1),
    crashAfterPartialAnswer: rate(0.2),
    schemaUnavailable: rate(0.1),
    earlyTick: rate(0.3),
    disturbances: chance(random, 0.5) ? planDisturbances(random) : [],
    budget: randomInteger(random, 0, 20),
  };
}

function planDisturbances(random: Random): readonly Disturbance[] {
  const count = randomInteger(random, 1, 4);
  const disturbances = Array.from({ length: count }, (): Disturbance => {
    const at = randomInteger(random, 0, chance(random, 0.5) ? 2_000 : 40_000);
    return { at, kind: KINDS[Math.floor(random() * KINDS.length)] ?? 'join' };
  });
  return disturbances.toSorted((one, other) => one.at - other.at);
}
