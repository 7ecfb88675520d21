import { expect, test } from 'vitest';
import { aRecord } from '../../../lib/testing/index.ts';
import { aGroup } from './support/a-group.ts';

const fail = () => {
  throw new Error('not now');
};

test('attempts of earlier batches are remembered up to the limit, the oldest forgotten, and of the batch at hand all', async () => {
  const group = aGroup({ ordering: 'none', handle: fail, checkpointOptions: { limit: 2 } });
  for (const offsets of [[1], [2], [3], [4, 5, 6]]) {
    await group.deliver(offsets.map((offset) => aRecord({ offset })));
  }
  expect(group.checkpoint()[0]?.attempts).toEqual({ 2: 1, 3: 1, 4: 1, 5: 1, 6: 1 });
});

test('an attempt that still ran when the time was up counts as one that failed', async () => {
  const attempts: unknown[] = [];
  let timeIsUp = () => {};
  const group = aGroup({
    timer: (then, milliseconds) => {
      if (milliseconds < 5_000) queueMicrotask(then);
      else timeIsUp = then;
      return () => {};
    },
    handle: ({ attempt }) => {
      attempts.push(attempt);
      if (attempts.length > 1) return undefined;
      queueMicrotask(() => timeIsUp());
      return new Promise(() => {});
    },
  });
  expect(await group.deliver([aRecord({ offset: 1 })])).toEqual(['0@1']);
  expect(await group.deliver([aRecord({ offset: 1 })])).toEqual([]);
  expect(attempts).toEqual([1, 2]);
});
