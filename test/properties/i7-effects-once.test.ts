import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryPlay } from '../lib/checkpoint/support/arbitrary-play.ts';
import { differences, overtaken } from '../lib/checkpoint/support/exactly-once.ts';
import { modelDynamodb } from '../lib/checkpoint/support/model-dynamodb.ts';
import {
  type PlayPlan,
  type PlaySetting,
  playCheckpoint,
} from '../lib/checkpoint/support/play-checkpoint.ts';
import { shopOfEffects } from '../lib/checkpoint/support/shop-of-effects.ts';

function aSetting(checkpointOptions: PlaySetting['checkpointOptions'] = {}) {
  const database = modelDynamodb({ Checkpoints: ['pk', 'sk'], Effects: ['id'] });
  const ledger = shopOfEffects('Effects', 'g');
  return { database, client: database.client, table: 'Checkpoints', group: 'g', ledger, checkpointOptions };
}

async function play(plan: PlayPlan): Promise<readonly string[]> {
  const { database, ledger, ...setting } = aSetting();
  await playCheckpoint(plan, { ...setting, ledger });
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

test('I7: a topic that is created anew is done as a whole, and what was done of the old one is not applied again', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryPlay(['partition', 'key', 'none']), async (plan) => {
      const { database, ledger, ...setting } = aSetting();
      const young = plan.batches.map((batch) =>
        batch.map((record) => ({ ...record, timestamp: Number(record.timestamp) + 1_000 })),
      );
      await playCheckpoint(plan, { ...setting, ledger });
      await playCheckpoint({ ...plan, batches: young }, { ...setting, ledger });
      const records = [...plan.batches, ...young].flat();
      expect(differences(records, { ledger, items: database.items('Effects'), group: 'g' })).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('I7: where the checkpoint has room for one interval only, effects may be applied again, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryPlay(['partition', 'key', 'none']), async (plan) => {
      const { database, ledger, ...setting } = aSetting({ limit: 1 });
      await playCheckpoint(plan, { ...setting, ledger });
      const found = { ledger, items: database.items('Effects'), group: 'g' };
      const lost = differences(plan.batches.flat(), found).filter((difference) => {
        const [, is, should] = / was applied (\d+) times, not (\d+)$/.exec(difference) ?? [];
        return !(Number(is) > Number(should));
      });
      expect(lost).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
