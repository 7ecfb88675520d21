import { expect, test } from 'vitest';
import { bytes, PermanentError } from '../../../lib/index.ts';
import { combineObservers } from '../../../lib/telemetry/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

test('a hook that none of them has is left out, so that nothing is built for it', () => {
  const one = { recordFailed: () => {} };
  const other = { batchEnded: () => {}, recordFailed: () => {} };
  expect(Object.keys(combineObservers(one, other)).toSorted()).toEqual(['batchEnded', 'recordFailed']);
});

test('each of several observers is told everything, whatever the others throw', async () => {
  const told: string[] = [];
  const hooks = ['batchStarted', 'recordDone', 'recordFailed', 'recordParked', 'recordSkipped', 'batchEnded'];
  const listening = Object.fromEntries(hooks.map((name) => [name, () => void told.push(name)]));
  const broken = Object.fromEntries(
    [...hooks, 'recordTimedOut'].map((name) => [name, () => Promise.reject(new Error('broken'))]),
  );
  const handle = ({ offset }: { readonly offset: number }) => {
    if (offset === 1) throw new PermanentError('never');
    if (offset === 2) throw new Error('not now');
  };
  await runBatch(
    [0, 1, 2].map((offset) => aRecord({ offset })),
    {
      value: bytes,
      handle,
      park: () => {},
      observer: combineObservers(broken, listening, {}),
    },
  );
  expect(told).toEqual(['batchStarted', 'recordDone', 'recordParked', 'recordFailed', 'batchEnded']);
});
