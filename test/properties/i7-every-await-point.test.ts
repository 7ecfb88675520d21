import { expect, test } from 'vitest';
import type { Ordering } from '../../lib/index.ts';
import { aRecord } from '../../lib/testing/index.ts';
import { differences } from '../lib/checkpoint/support/exactly-once.ts';
import type { Fault } from '../lib/checkpoint/support/faults.ts';
import { modelDynamodb } from '../lib/checkpoint/support/model-dynamodb.ts';
import { type PlayPlan, playCheckpoint } from '../lib/checkpoint/support/play-checkpoint.ts';
import { kinds, shopOfEffects } from '../lib/checkpoint/support/shop-of-effects.ts';

const faults: readonly Fault[] = [
  'crash-before',
  'crash-after',
  'stall-before',
  'stall-after',
  'deadline',
  'answer-lost',
  'sent-twice',
  'busy',
];
/** More than any invocation of this batch has. */
const points = 60;

/** Each kind of record twice, in two partitions. */
const batch = kinds.flatMap((kind, index) =>
  [0, 1].map((partition) => aRecord({ partition, offset: index * 2, key: 'a', value: kind })),
);

/** Two environments that fail at the same point, the second beside the first where that one is a zombie. */
function planOf(at: number, fault: Fault, rest: Pick<PlayPlan, 'ordering' | 'reading'>): PlayPlan {
  const environments = [0, 1].map((delay) => ({ fault, at, rounds: 1 + delay, delay }));
  return { ...rest, batches: [batch], environments, rebalances: [] };
}

async function play(plan: PlayPlan): Promise<readonly string[]> {
  const database = modelDynamodb({ Checkpoints: ['pk', 'sk'], Effects: ['id'] });
  const ledger = shopOfEffects('Effects', 'g');
  await playCheckpoint(plan, { client: database.client, table: 'Checkpoints', group: 'g', ledger });
  return differences(batch, { ledger, items: database.items('Effects'), group: 'g' });
}

test.each(
  (['partition', 'key', 'none'] as const).flatMap((ordering: Ordering) =>
    (['listed-only', 'from-lowest'] as const).map((reading) => ({ ordering, reading })),
  ),
)(
  'I7: a fault at any await point applies nothing twice and loses nothing, $ordering, $reading',
  async (rest) => {
    for (const fault of faults) {
      for (let at = 0; at < points; at++) {
        expect(await play(planOf(at, fault, rest)), `${fault} at ${at}`).toEqual([]);
      }
    }
  },
);
