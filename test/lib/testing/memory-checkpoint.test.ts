import { describe, expect, test } from 'vitest';
import { transact } from '../../../lib/checkpoint/dynamodb/index.ts';
import type { EffectWrite } from '../../../lib/effects/effect-write.ts';
import { type ConsumerRecord, kafkaHandler, text } from '../../../lib/index.ts';
import { aBatch, memoryCheckpoint, playMapping } from '../../../lib/testing/index.ts';

const put = (name: string): EffectWrite => ({ Put: { TableName: 'Invoices', Item: { name } } });
const namesOf = (effects: readonly EffectWrite[]) => effects.map(({ Put }) => Put?.Item?.name);
const records = aBatch(['a', 'b', 'c'].map((value) => ({ value })));

describe('a checkpoint in memory', () => {
  test('skips what was done when it comes again', async () => {
    const mails: unknown[] = [];
    const handler = kafkaHandler({
      value: text,
      checkpoint: memoryCheckpoint(),
      handle: ({ value }) => void mails.push(value),
    });
    const play = await playMapping(handler, records, { faults: ['answer-lost'], effects: mails });
    expect(play.deliveries.map(({ effects }) => effects)).toEqual([['a', 'b', 'c'], []]);
    expect(play.unresolved).toEqual([]);
  });

  test.each(['partition', 'key', 'none'] as const)(
    'applies the effects of each record once in %s ordering, whatever is lost or comes twice',
    async (ordering) => {
      const effects: EffectWrite[] = [];
      let failures = 1;
      const handle = ({ value }: ConsumerRecord<string>) => {
        if (value === 'b' && failures-- > 0) throw new Error('not now');
        return transact([put(value ?? '')]);
      };
      const handler = kafkaHandler({
        value: text,
        ordering,
        checkpoint: memoryCheckpoint({ effects }),
        handle,
      });
      const faults = ['delivered-twice', 'answer-lost', 'not-reached'] as const;
      const play = await playMapping(handler, records, { reading: 'from-lowest', faults, effects });
      expect(namesOf(play.effects).toSorted()).toEqual(['a', 'b', 'c']);
      expect(play.unresolved).toEqual([]);
    },
  );

  test('asks the policy of a record whose condition does not hold', async () => {
    const effects: EffectWrite[] = [];
    const handler = kafkaHandler({
      value: text,
      checkpoint: memoryCheckpoint({ effects, conditionFails: ({ Put }) => Put?.Item?.name === 'b' }),
      handle: ({ value }) =>
        transact([put(value ?? '')], { onConditionFailed: () => transact([put('instead of b')]) }),
    });
    await playMapping(handler, records);
    expect(namesOf(effects)).toEqual(['a', 'instead of b', 'c']);
  });

  test('counts attempts, and parks after as many as it was told', async () => {
    const attempts: unknown[] = [];
    const parked: string[] = [];
    const handler = kafkaHandler({
      value: text,
      checkpoint: memoryCheckpoint({ parkAfter: 3 }),
      park: (record) => void parked.push(String(record)),
      handle: ({ attempt }) => {
        attempts.push(attempt);
        throw new Error('not now');
      },
    });
    const play = await playMapping(handler, records.slice(0, 1));
    expect(attempts).toEqual([1, 2, 3]);
    expect(parked).toEqual(['order-events-0@0']);
    expect(play.unresolved).toEqual([]);
  });

  test('starts with nothing done: two tests do not know of each other', async () => {
    for (const _ of [1, 2]) {
      const handled: unknown[] = [];
      const handle = ({ value }: ConsumerRecord<string>) => void handled.push(value);
      await playMapping(kafkaHandler({ value: text, checkpoint: memoryCheckpoint(), handle }), records);
      expect(handled).toEqual(['a', 'b', 'c']);
    }
  });
});
