import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryPlay } from '../lib/checkpoint/support/arbitrary-play.ts';
import { differences, overtaken } from '../lib/checkpoint/support/exactly-once.ts';
import { modelDynamodb } from '../lib/checkpoint/support/model-dynamodb.ts';
import { type PlayPlan, playCheckpoint } from '../lib/checkpoint/support/play-checkpoint.ts';
import { shopOfEffects } from '../lib/checkpoint/support/shop-of-effects.ts';

async function play(plan: PlayPlan): Promise<readonly string[]> {
  const database = modelDynamodb({ Checkpoints: ['pk', 'sk'], Effects: ['id'] });
  const ledger = shopOfEffects('Effects', 'g');
  await playCheckpoint(plan, { client: database.client, table: 'Checkpoints', group: 'g', ledger });
  const records = plan.batches.flat();
  // A table of the model lists its items in the order in which they were first written.
  const items = database.items('Effects');
  const wrong = differences(records, { ledger, items, group: 'g' });
  if (plan.ordering === 'none') return wrong;
  return [...wrong, ...overtaken(records, { items, group: 'g', byKey: plan.ordering === 'key' })];
}

test.each(['partition', 'key', 'none'] as const)(
  'I7: in %s ordering every effect is applied once and in order, whatever crashes, hangs, repeats and races',
  async (ordering) => {
    await fc.assert(
      fc.asyncProperty(arbitraryPlay([ordering]), async (plan) => {
        expect(await play(plan)).toEqual([]);
      }),
      { numRuns: Number(process.env.I7_RUNS ?? 700) },
    );
  },
);
