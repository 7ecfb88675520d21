import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arbitraryPlay } from './arbitrary-play.ts';
import { differences } from './exactly-once.ts';
import { type PlayPlan, playCheckpoint } from './play-checkpoint.ts';
import { type RealDynamodb, realDynamodb } from './real-dynamodb.ts';
import { shopOfEffects } from './shop-of-effects.ts';

interface Service {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface SuiteOptions {
  readonly name: string;
  readonly start: () => Promise<Service>;
  readonly runs: number;
}

/** The same plays as on the model, on a DynamoDB that runs: I7 must not rest on how the model reads a condition. */
export function effectsOnceSuite({ name, start, runs }: SuiteOptions): void {
  describe(name, () => {
    let service: Service;
    let database: RealDynamodb;
    beforeAll(async () => {
      service = await start();
      database = await realDynamodb(service.endpoint);
    });
    afterAll(async () => {
      database.destroy();
      await service.stop();
    });

    // Each play is a group of its own, so that none sees what another has left.
    let plays = 0;
    async function play(plan: PlayPlan): Promise<readonly string[]> {
      const group = `g${plays++}`;
      const ledger = shopOfEffects('Effects', group);
      await playCheckpoint(plan, { client: database.client, table: 'Checkpoints', group, ledger });
      return differences(plan.batches.flat(), { ledger, items: await database.effects(group), group });
    }

    test.each(['partition', 'key', 'none'] as const)(
      'I7: in %s ordering every effect is applied once, whatever crashes, hangs, repeats and races',
      async (ordering) => {
        await fc.assert(
          fc.asyncProperty(arbitraryPlay([ordering]), async (plan) => {
            expect(await play(plan)).toEqual([]);
          }),
          { numRuns: runs },
        );
      },
    );
  });
}
