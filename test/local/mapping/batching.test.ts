import { describe, expect, it } from 'vitest';
import { aRecord, FINE, records, START } from './support/builders.ts';
import { append, assign, deliveriesOf, play, played, virtualMapping } from './support/virtual-mapping.ts';

const times = (world: { readonly deliveries: readonly { readonly at: number }[] }) =>
  world.deliveries.map(({ at }) => at);

const bytes = (length: number) => Buffer.alloc(length, 1);

describe('a batch closes', () => {
  it('as soon as it has the batch size, and the rest waits for the window', () => {
    const world = played([records(0, 0, 24)], { config: { batchSize: 10 }, duration: 0 });
    expect(deliveriesOf(world)).toEqual([
      '0: 0 1 2 3 4 5 6 7 8 9',
      '0: 10 11 12 13 14 15 16 17 18 19',
      '0: 20 21 22 23 24',
    ]);
    expect(times(world)).toEqual([0, 0, 500]);
  });

  it.each([
    [500, [500]],
    [0, [0]],
    [300_000, [300_000]],
  ])('when its window of %i ms is over', (batchingWindow, expected) => {
    const world = played([records(0, 0, 4)], { config: { batchingWindow } });
    expect(times(world)).toEqual(expected);
  });

  it('by size over all partitions of a poller', () => {
    const world = played([records(0, 0, 2), records(1, 0, 2)], { config: { batchSize: 6 }, duration: 0 });
    expect(deliveriesOf(world)).toEqual(['0: 0 1 2 | 1: 0 1 2']);
    expect(times(world)).toEqual([0]);
  });

  it('before the text of the event, base64 counted, would pass 6 MB', () => {
    const large = Array.from({ length: 4 }, (_, offset) => aRecord(0, offset, { value: bytes(1_500_000) }));
    const world = played([large]);
    expect(deliveriesOf(world)).toEqual(['0: 0 1 2', '0: 3']);
    expect(times(world)[0]).toBe(0);
  });

  it('at exactly 6,291,456 bytes, and not at one more', () => {
    const sizeWith = (size: number) => {
      const world = played([[aRecord(0, 0, { headers: [['h', bytes(1)]], value: bytes(size) })]]);
      return world.deliveries.map(({ event }) => Buffer.byteLength(JSON.stringify(event)));
    };
    const envelope = (sizeWith(3)[0] ?? 0) - 4;
    const fitting = Math.floor((6_291_456 - envelope) / 4) * 3;
    expect(sizeWith(fitting)[0]).toBeLessThanOrEqual(6_291_456);
    expect(sizeWith(fitting + 3)).toEqual([]);
  });

  it('counts the header bytes as they are written, up to five characters each', () => {
    const headers = [['trace', Buffer.alloc(400_000, 0x80)]] as const;
    const world = played([[0, 1, 2, 3].map((offset) => aRecord(0, offset, { headers }))]);
    expect(deliveriesOf(world)).toEqual(['0: 0 1 2', '0: 3']);
  });
});

describe('a record whose event alone is above 6 MB', () => {
  const oversized = [aRecord(0, 0), aRecord(0, 1, { value: bytes(5_000_000) }), aRecord(0, 2)];

  it('goes to the destination without an answer to tell of, and the next record flows', () => {
    const world = played([oversized], { config: { destination: { kind: 'kafka', topic: 'given-up' } } });
    expect(deliveriesOf(world).join(' ')).toContain('2');
    expect(world.discards).toMatchObject([
      { condition: 'MaximumPayloadSizeExceeded', responseContext: null },
    ]);
    expect(world.committed.get(0)).toBe(3);
  });

  it('is dropped without a destination', () => {
    const world = played([oversized]);
    expect(world.state.metrics).toMatchObject({ DroppedEventCount: 1, InvokedEventCount: 2 });
    expect(world.committed.get(0)).toBe(3);
  });
});

describe('the window starts', () => {
  /** A first batch at 500 ms that takes 2 s; a record arrives at 1 s, while it runs. */
  function secondDelivery(windowStart: string) {
    const world = virtualMapping({ knobs: { windowStart }, duration: 2000 });
    append(world, records(0, 0, 1));
    assign(world, 0);
    play(world, 1000);
    append(world, [aRecord(0, 2)]);
    play(world);
    return times(world)[1];
  }

  it.each([
    ['later-of-both', 3000],
    ['first-record', 2500],
    ['previous-done', 3000],
  ])('as the knob says: %s', (windowStart, at) => {
    expect(secondDelivery(windowStart)).toBe(at);
  });

  it('anew and anew with previous-done, so that a late record waits for the end of the running one', () => {
    const world = virtualMapping({ knobs: { windowStart: 'previous-done' }, duration: 0 });
    append(world, records(0, 0, 0));
    assign(world, 0);
    play(world, 1700);
    append(world, [aRecord(0, 1)]);
    play(world);
    expect(times(world)).toEqual([500, 2000]);
  });
});

describe('partitions', () => {
  it('share an event, each in offset order', () => {
    const world = played([records(0, 5, 6), records(12, 0, 1), records(2, 7, 7)]);
    expect(deliveriesOf(world)).toEqual(['0: 5 6 | 12: 0 1 | 2: 7']);
  });

  it('have events of their own when the knob says so', () => {
    const world = played([records(0, 0, 1), records(1, 0, 1)], { knobs: { mixPartitions: 'off' } });
    expect(deliveriesOf(world)).toEqual(['0: 0 1', '1: 0 1']);
  });

  it('have one batch in flight each, and five at most for a poller', () => {
    const world = virtualMapping({ config: { batchSize: 2 }, duration: 1000 });
    for (let partition = 0; partition < 8; partition += 1) append(world, records(partition, 0, 5));
    assign(world, ...world.topic.keys());
    play(world, 900);
    expect(deliveriesOf(world)).toEqual(['0: 0 1', '1: 0 1', '2: 0 1', '3: 0 1', '4: 0 1']);
    expect(world.state.underWay.size).toBe(5);
  });

  it('are dealt to the pollers, never more pollers than partitions', () => {
    const config = { batchSize: 1, provisioned: { minimumPollers: 4, maximumPollers: 10 } };
    const world = virtualMapping({ config, duration: 1000 });
    for (let partition = 0; partition < 3; partition += 1) append(world, records(partition, 0, 1));
    assign(world, ...world.topic.keys());
    play(world, 900);
    expect(world.state.pollers).toHaveLength(3);
    expect(deliveriesOf(world)).toEqual(['0: 0', '1: 0', '2: 0']);
  });

  it('of topics with digits and hyphens keep their keys apart', () => {
    const keys = (topic: string, partition: number) =>
      Object.keys(
        played([records(partition, 0, 0)], { config: { topic } }).deliveries[0]?.event.records ?? {},
      );
    expect([keys('a-1', 2), keys('a', 12)]).toEqual([['a-1-2'], ['a-12']]);
  });

  it('are drained to the last record, ten thousand of them too', () => {
    const world = virtualMapping({ duration: 1 });
    const partitions = Array.from({ length: 10_000 }, (_, partition) => partition);
    append(
      world,
      partitions.map((partition) => aRecord(partition, 0)),
    );
    assign(world, ...partitions);
    play(world, 60_000);
    expect(world.state.unsettled.size).toBe(0);
    expect(world.state.metrics.CommittedEventCount).toBe(10_000);
  });
});

describe('the buffer', () => {
  it('holds no more than its bytes, and everything is delivered in the end', () => {
    const limits = { bufferBytes: 40_000, prefetchRecords: 50 };
    const world = virtualMapping({ config: { batchSize: 20 }, limits, duration: 50 });
    for (let partition = 0; partition < 40; partition += 1) append(world, records(partition, 0, 99));
    assign(world, ...world.topic.keys());
    let most = 0;
    for (let step = 0; step < 3000; step += 1) {
      play(world, 20);
      most = Math.max(most, world.state.bufferedBytes);
    }
    expect(most).toBeLessThan(40_000 + 16_384);
    expect(world.state.metrics).toMatchObject({ PolledEventCount: 4000, CommittedEventCount: 4000 });
    expect(world.state.bufferedBytes).toBe(0);
  });

  it('is given up by partitions in back-off before others starve', () => {
    const limits = { bufferBytes: 40_000, prefetchRecords: 50 };
    const config = { batchSize: 20, maximumRetryAttempts: -1 };
    const poisoned = (partition: number) => partition < 20;
    const world = virtualMapping({
      config,
      limits,
      knobs: { mixPartitions: 'off' },
      script: (event) =>
        Object.values(event.records)
          .flat()
          .some((record) => poisoned(record.partition))
          ? { kind: 'function-error', reason: 'thrown', errorType: 'Error', errorMessage: '' }
          : FINE,
    });
    for (let partition = 0; partition < 40; partition += 1) append(world, records(partition, 0, 99));
    assign(world, ...world.topic.keys());
    play(world, 600_000);
    expect(world.committed.size).toBe(20);
    expect([...world.committed.keys()].some(poisoned)).toBe(false);
    expect(world.now).toBe(START + 600_000);
  });
});
