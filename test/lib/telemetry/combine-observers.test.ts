import { expect, test } from 'vitest';
import { bytes, PermanentError } from '../../../lib/index.ts';
import { combineObservers } from '../../../lib/telemetry/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { observerOf } from '../../support/observer-hooks.ts';
import { runBatch } from '../../support/run-batch.ts';

test('a hook that none of them has is left out, so that nothing is built for it', () => {
  const one = { recordFailed: () => {} };
  const other = { batchEnded: () => {}, recordFailed: () => {} };
  expect(Object.keys(combineObservers(one, other)).toSorted()).toEqual(['batchEnded', 'recordFailed']);
});

test('each of several observers is told everything, whatever the others throw', async () => {
  const told: string[] = [];
  const listening = observerOf((name) => told.push(name));
  const broken = observerOf(() => Promise.reject(new Error('broken')));
  const throwing = observerOf(() => {
    throw new Error('broken');
  });
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
      observer: combineObservers(broken, throwing, listening, {}),
    },
  );
  expect(told).toEqual(['batchStarted', 'recordDone', 'recordParked', 'recordFailed', 'batchEnded']);
});
