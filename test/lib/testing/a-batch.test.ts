import { expect, test } from 'vitest';
import { aBatch } from '../../../lib/testing/index.ts';

const positions = (...details: Parameters<typeof aBatch>[0]) =>
  aBatch(details).map(({ topic, partition, offset }) => `${topic}-${partition}@${offset}`);

test('each record has the next offset of its topic-partition', () => {
  expect(positions({}, {}, { partition: 1 }, { topic: 'refunds' }, {}, { partition: 1 })).toEqual([
    'order-events-0@0',
    'order-events-0@1',
    'order-events-1@0',
    'refunds-0@0',
    'order-events-0@2',
    'order-events-1@1',
  ]);
});

test('an offset that is told is kept, and goes on from there', () => {
  expect(positions({ offset: 1042 }, {}, { offset: 2000 }, {})).toEqual([
    'order-events-0@1042',
    'order-events-0@1043',
    'order-events-0@2000',
    'order-events-0@2001',
  ]);
});

test('topic a-1 partition 2 and topic a partition 12 have offsets of their own', () => {
  expect(positions({ topic: 'a-1', partition: 2 }, { topic: 'a', partition: 12 })).toEqual([
    'a-1-2@0',
    'a-12@0',
  ]);
});
