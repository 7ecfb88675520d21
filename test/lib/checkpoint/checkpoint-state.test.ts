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
