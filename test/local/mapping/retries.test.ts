import { describe, expect, it } from 'vitest';
import {
  aRecord,
  FINE,
  holds,
  records,
  reporting,
  START,
  THROTTLED,
  THROWS,
  TO_TOPIC,
} from './support/builders.ts';
import {
  append,
  assign,
  deliveriesOf,
  feed,
  play,
  played,
  virtualMapping,
} from './support/virtual-mapping.ts';

const times = (world: { readonly deliveries: readonly { readonly at: number }[] }) =>
  world.deliveries.map(({ at }) => at);

describe('a function that fails for ever', () => {
  it.each([
    [0, undefined, 1],
    [2, undefined, 3],
    [2, TO_TOPIC, 3],
    [-1, TO_TOPIC, 11],
  ])(
    'with MaximumRetryAttempts %i and destination %j is invoked %i times',
    (maximumRetryAttempts, destination, expected) => {
      const world = played([records(0, 0, 1)], {
        config: { maximumRetryAttempts, destination },
        script: () => THROWS,
      });
      expect(world.deliveries).toHaveLength(expected);
      expect(world.committed.get(0)).toBe(2);
      const { metrics } = world.state;
      expect([metrics.DroppedEventCount, metrics.OnFailureDestinationDeliveredEventCount]).toEqual(
        destination ? [0, 2] : [2, 0],
      );
    },
  );

  it('without limit and destination keeps its partition for ever, and the others flow', () => {
    const world = played([records(0, 0, 1), records(1, 0, 1)], {
      config: { maximumRetryAttempts: -1 },
      knobs: { mixPartitions: 'off' },
      script: (event) => (holds(event, 0, 0) ? THROWS : FINE),
    });
    expect(Object.fromEntries(world.committed)).toEqual({ 1: 2 });
    expect(world.deliveries.length).toBeGreaterThan(20);
  });

  it('is tried again after 1 s, 2 s, 4 s and so on up to 30 s', () => {
    const world = played([records(0, 0, 0)], {
      config: { maximumRetryAttempts: 7, batchingWindow: 0 },
      duration: 0,
      script: () => THROWS,
    });
    const at = times(world);
    expect(at.slice(1).map((time, index) => time - (at[index] ?? 0))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
  });
});

describe('attempts', () => {
  it('are not used by throttles, which come back until the function takes the batch', () => {
    const world = played([records(0, 0, 2)], {
      config: { maximumRetryAttempts: 0 },
      script: (_event, invocation) => (invocation <= 5 ? THROTTLED : FINE),
    });
    expect(world.deliveries).toHaveLength(6);
    expect(world.state.metrics).toMatchObject({
      InvokedEventCount: 18,
      DroppedEventCount: 0,
      FailedInvokeEventCount: 15,
    });
    expect(world.state.counters.get(0)).toMatchObject({ delivered: 3, retried: 0, succeeded: 3 });
  });

  it('of each group start with the first, mixed invocation', () => {
    const world = played([records(0, 0, 1), records(1, 0, 1), records(2, 0, 1)], {
      config: { destination: TO_TOPIC },
      script: (event) =>
        holds(event, 0, 1)
          ? reporting([0, 1], ...(holds(event, 2, 0) ? ([[2, 0]] as const) : []))
          : holds(event, 2, 0)
            ? reporting([2, 0])
            : FINE,
    });
    expect(deliveriesOf(world)).toEqual(['0: 0 1 | 1: 0 1 | 2: 0 1', '0: 1', '2: 0', '0: 1', '2: 0']);
    expect(world.discards.map(({ approximateInvokeCount }) => approximateInvokeCount)).toEqual([3, 3]);
  });

  it('of several groups are shared by one invocation when the knob merges them, and given up one by one', () => {
    const world = played([records(0, 0, 1), records(1, 0, 1)], {
      config: { destination: TO_TOPIC },
      knobs: { retryGrouping: 'merged' },
      script: (event) =>
        reporting(
          ...(
            [
              [0, 1],
              [1, 0],
            ] as const
          ).filter(([p, o]) => holds(event, p, o)),
        ),
    });
    expect(deliveriesOf(world)).toEqual(['0: 0 1 | 1: 0 1', '0: 1 | 1: 0', '0: 1 | 1: 0']);
    expect(world.discards).toHaveLength(2);
  });

  it.each([
    ['carry', 3],
    ['reset', 5],
  ])('after progress inside the partition go on as the knob says: %s', (counterOnProgress, deliveries) => {
    const world = played([records(0, 0, 2)], {
      config: { maximumRetryAttempts: counterOnProgress === 'carry' ? 2 : 3 },
      knobs: { counterOnProgress },
      script: (event) => (holds(event, 0, 2) ? reporting([0, 2]) : FINE),
    });
    expect(world.deliveries).toHaveLength(deliveries);
  });
});

describe('while a group is retried', () => {
  it('later records of its partition wait, and those of others do not', () => {
    const world = virtualMapping({
      config: { batchSize: 2 },
      script: (_event, invocation) => (invocation === 1 ? reporting([0, 1]) : FINE),
      knobs: { mixPartitions: 'off' },
    });
    append(world, records(0, 0, 3));
    append(world, records(1, 0, 3));
    assign(world, 0, 1);
    play(world, 700);
    expect(deliveriesOf(world)).toEqual(['0: 0 1', '1: 0 1', '1: 2 3']);
    play(world);
    expect(deliveriesOf(world).slice(3)).toEqual(['0: 1', '0: 2 3']);
  });
});

describe('bisect', () => {
  const poison = (event: Parameters<typeof holds>[0]) => (holds(event, 0, 5) ? THROWS : FINE);
  const config = { bisectBatchOnFunctionError: true, destination: TO_TOPIC };

  it('isolates one poison record among eight after three splits, in order', () => {
    const world = played([records(0, 0, 7)], { config, script: poison });
    expect(deliveriesOf(world)).toEqual([
      '0: 0 1 2 3 4 5 6 7',
      '0: 0 1 2 3',
      '0: 4 5 6 7',
      '0: 4 5',
      '0: 4',
      '0: 5',
      '0: 5',
      '0: 5',
      '0: 6 7',
    ]);
    expect(world.discards).toMatchObject([{ approximateInvokeCount: 3 }]);
    expect(world.discards[0]?.payload.records['shop-orders-0']).toMatchObject([{ offset: 5 }]);
    expect(world.committed.get(0)).toBe(8);
  });

  it.each([0, 1, 3])('ends with %i retries when everything fails', (maximumRetryAttempts) => {
    const world = played([records(0, 0, 7)], {
      config: { ...config, maximumRetryAttempts },
      script: () => THROWS,
    });
    expect(world.state.counters.get(0)).toMatchObject({ discarded: 8 });
    expect(world.deliveries).toHaveLength(7 + 8 * (1 + maximumRetryAttempts));
  });

  it('gives the whole batch up when splits count as retries and none is left', () => {
    const world = played([records(0, 0, 3)], {
      config: { ...config, maximumRetryAttempts: 1 },
      knobs: { bisectCountsAsRetry: 'on' },
      script: () => THROWS,
    });
    expect(deliveriesOf(world)).toEqual(['0: 0 1 2 3', '0: 0 1', '0: 2 3']);
    expect(world.discards).toHaveLength(2);
  });

  it.each([
    ['flattened', ['0: 0 1 | 1: 0 1', '0: 0 1', '1: 0 1']],
    ['per-partition', ['0: 0 1 | 1: 0 1', '0: 0 | 1: 0', '0: 1 | 1: 1']],
  ])('cuts a mixed batch as the knob says: %s', (bisectCut, expected) => {
    const world = played([records(0, 0, 1), records(1, 0, 1)], {
      config,
      knobs: { bisectCut },
      script: (_event, invocation) => (invocation === 1 ? THROWS : FINE),
    });
    expect(deliveriesOf(world)).toEqual(expected);
  });

  it('does not split after a partial answer, nor after one that cannot be read unless the knob says so', () => {
    const second = (answer: typeof FINE, bisectOnInvalidResponse: string) =>
      deliveriesOf(
        played([records(0, 0, 3)], {
          config,
          knobs: { bisectOnInvalidResponse },
          script: (_event, invocation) => (invocation === 1 ? answer : FINE),
        }),
      )[1];
    expect(second(reporting([0, 0], [0, 1]), 'on')).toBe('0: 0 1');
    expect(second(reporting([0, 77]), 'off')).toBe('0: 0 1 2 3');
    expect(second(reporting([0, 77]), 'on')).toBe('0: 0 1');
  });
});

describe('record age', () => {
  const config = { maximumRecordAge: 60_000, maximumRetryAttempts: -1, destination: TO_TOPIC };
  const old = (offset: number) => aRecord(0, offset, { timestamp: START - 61_000 });

  it('keeps a record that is too old at its first poll from the function', () => {
    const world = played([[old(0), old(1)]], { config });
    expect(world.deliveries).toHaveLength(0);
    expect(world.discards).toMatchObject([
      { condition: 'RecordAgeExceeded', approximateInvokeCount: 1, responseContext: null },
    ]);
    expect(world.committed.get(0)).toBe(2);
  });

  it('takes the expired records out of a batch and sends the rest', () => {
    const world = played([[old(0), aRecord(0, 1), old(2), aRecord(0, 3)]], { config });
    expect(deliveriesOf(world)).toEqual(['0: 1 3']);
    expect(world.discards[0]?.payload.records['shop-orders-0']?.map(({ offset }) => offset)).toEqual([0, 2]);
  });

  it('ends retries when the records grow too old, whichever limit comes first', () => {
    const world = played([records(0, 0, 1)], { config, script: () => THROWS });
    expect(world.discards).toMatchObject([
      { condition: 'RecordAgeExceeded', responseContext: { functionError: 'Unhandled' } },
    ]);
    expect(times(world).at(-1)).toBeLessThanOrEqual(60_000);
    const limited = played([records(0, 0, 1)], {
      config: { ...config, maximumRetryAttempts: 1 },
      script: () => THROWS,
    });
    expect(limited.discards).toMatchObject([{ condition: 'RetryAttemptsExhausted' }]);
  });

  it('ends throttles too', () => {
    const world = played([records(0, 0, 1)], { config, script: () => THROTTLED });
    expect(world.discards).toMatchObject([{ condition: 'RecordAgeExceeded', responseContext: null }]);
  });

  it('has the condition that the knob names', () => {
    const world = played([[old(0)]], { config, knobs: { ageCondition: 'TooOld' } });
    expect(world.discards[0]?.condition).toBe('TooOld');
  });
});

describe('a clock that is set back', () => {
  it('does not hold retries up', () => {
    const world = virtualMapping({ script: (_event, invocation) => (invocation === 1 ? THROWS : FINE) });
    append(world, records(0, 0, 0));
    assign(world, 0);
    play(world, 600);
    world.now -= 3_600_000;
    world.wakeAt -= 3_600_000;
    feed(world, { kind: 'tick' });
    play(world, 5000);
    expect(world.deliveries).toHaveLength(2);
  });
});
