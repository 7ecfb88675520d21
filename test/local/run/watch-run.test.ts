import { expect, test } from 'vitest';
import type { OpenRun } from '../../../local/run/open-run.ts';
import { watchRun } from '../../../local/run/watch-run.ts';

/** Of a run, what a watch needs: no queue to look for parked records in, and lanes that are drained or not. */
function aRun(drained: () => boolean) {
  const run = { drained, statuses: () => [] };
  return {
    run,
    system: { functions: [] },
    mappings: [],
    services: { environment: {} },
  } as unknown as OpenRun;
}

function aWatch(changes: { readonly once?: boolean; readonly written?: Promise<unknown> } = {}) {
  const controller = new AbortController();
  let drawn = 0;
  const progress = {
    note: () => {},
    done: () => {},
    update: () => {
      drawn += 1;
    },
  };
  const { signal } = controller;
  return {
    end: () => controller.abort(),
    drawn: () => drawn,
    watch: { once: true, ...changes, progress, signal },
  };
}

test('a watch ends when the lanes are drained, and not before', async () => {
  let looks = 0;
  await watchRun(
    aRun(() => {
      looks += 1;
      return looks > 2;
    }),
    aWatch().watch,
  );
  expect(looks).toBe(4);
});

test('a watch does not end while orders are being written, however empty the lanes are', async () => {
  const writing = Promise.withResolvers<void>();
  const { watch, drawn } = aWatch({ written: writing.promise });
  const watched = watchRun(
    aRun(() => true),
    watch,
  );
  await expect.poll(drawn).toBeGreaterThan(3);
  writing.resolve();
  await watched;
});

test('a watch ends with the error that the writing of orders ended with', async () => {
  const watched = watchRun(
    aRun(() => false),
    aWatch({ written: Promise.reject(new Error('the broker has gone')) }).watch,
  );
  await expect(watched).rejects.toThrow('the broker has gone');
});

test('a watch that stays goes on over drained lanes until it is told to end', async () => {
  const { watch, drawn, end } = aWatch({ once: false });
  const watched = watchRun(
    aRun(() => true),
    watch,
  );
  await expect.poll(drawn).toBeGreaterThan(4);
  end();
  await watched;
});
