import { describe, expect, it } from 'vitest';
import { aRecord, FINE, holds, records, reporting, THROTTLED, THROWS, TO_TOPIC } from './support/builders.ts';
import {
  append,
  assign,
  deliveriesOf,
  feed,
  play,
  played,
  statusOfWorld,
  virtualMapping,
} from './support/virtual-mapping.ts';

const onlyEven = [JSON.stringify({ value: { n: [{ numeric: ['>=', 100] }] } })];

describe('a commit', () => {
  it('comes after the invocation has ended, never before', () => {
    const world = virtualMapping({ duration: 5000 });
    append(world, records(0, 0, 3));
    assign(world, 0);
    play(world, 5000);
    expect([world.deliveries.length, world.commits.length]).toEqual([1, 0]);
    play(world, 1000);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 4 });
  });

  it('never passes a hole: records behind an unresolved one stay behind the watermark', () => {
    const world = virtualMapping({ script: () => reporting([0, 11]), config: { maximumRetryAttempts: -1 } });
    append(world, records(0, 10, 14));
    assign(world, 0);
    play(world, 100_000);
    expect(world.committed.get(0)).toBe(11);
    expect(statusOfWorld(world).partitions[0]).toMatchObject({ succeeded: 4, committedOffset: 11, lag: 4 });
  });

  it('covers gaps and filtered records around what was processed', () => {
    const gaps = [
      aRecord(0, 3),
      aRecord(0, 100),
      aRecord(0, 101),
      aRecord(0, 205, { value: Buffer.from('{"n":1}') }),
    ];
    const world = played([gaps], { config: { filters: onlyEven } });
    expect(deliveriesOf(world)).toEqual(['0: 100 101']);
    expect(world.committed.get(0)).toBe(206);
    expect(world.state.metrics).toMatchObject({
      FilteredOutEventCount: 2,
      CommittedEventCount: 203,
      PolledEventCount: 4,
    });
  });

  it('comes at the end of the window when everything polled was filtered out', () => {
    const world = virtualMapping({ config: { filters: onlyEven } });
    append(world, records(0, 0, 9));
    assign(world, 0);
    play(world, 499);
    expect(world.commits).toHaveLength(0);
    play(world, 1);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 10 });
    expect(world.deliveries).toHaveLength(0);
  });

  it('that fails is counted and made again', () => {
    const world = played([records(0, 0, 3)], {
      commitError: (commit) => (commit === 1 ? 'coordinator gone' : undefined),
    });
    expect(world.state.metrics.CommitErrorCount).toBe(1);
    expect(world.committed.get(0)).toBe(4);
    expect(world.deliveries).toHaveLength(1);
  });

  it('of a partition that is given up moves on past what reached no destination', () => {
    const world = played([records(0, 0, 3)], {
      config: { destination: TO_TOPIC, batchSize: 2 },
      script: (_event, invocation) => (invocation <= 3 ? THROWS : FINE),
      deliveryError: () => 'topic is not there',
    });
    expect(world.state.metrics).toMatchObject({
      DroppedEventCount: 2,
      OnFailureDestinationDeliveryErrorCount: 1,
    });
    expect(world.committed.get(0)).toBe(4);
    expect(world.notices).toContainEqual(
      expect.objectContaining({ kind: 'dropped', records: [{ partition: 0, offsets: [0, 1] }] }),
    );
  });
});

describe('when a partition is revoked', () => {
  function revokedInFlight() {
    const world = virtualMapping({ duration: 5000 });
    append(world, records(0, 0, 3));
    append(world, records(1, 0, 3));
    assign(world, 0, 1);
    play(world, 1000);
    feed(world, { kind: 'revoked', partitions: [0] });
    return world;
  }

  it('what is in flight is not committed, and the other partitions of the batch are', () => {
    const world = revokedInFlight();
    play(world);
    expect(Object.fromEntries(world.committed)).toEqual({ 1: 4 });
    expect(statusOfWorld(world).partitions).toMatchObject([
      { assigned: false },
      { assigned: true, committedOffset: 4 },
    ]);
  });

  it('its records come again when it comes back, and the late answer changes nothing', () => {
    const world = revokedInFlight();
    assign(world, 0);
    play(world);
    expect(deliveriesOf(world)).toEqual(['0: 0 1 2 3 | 1: 0 1 2 3', '0: 0 1 2 3']);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 4, 1: 4 });
  });

  it('its part of a retry is left out', () => {
    const world = virtualMapping({ script: (_event, invocation) => (invocation === 1 ? THROWS : FINE) });
    append(world, records(0, 0, 1));
    append(world, records(1, 0, 1));
    assign(world, 0, 1);
    play(world, 600);
    feed(world, { kind: 'revoked', partitions: [1] });
    play(world);
    expect(deliveriesOf(world)).toEqual(['0: 0 1 | 1: 0 1', '0: 0 1']);
  });

  it('work of other partitions that waited for it alone goes on', () => {
    const world = virtualMapping({
      config: { bisectBatchOnFunctionError: true },
      duration: 1000,
      script: (_event, invocation) => (invocation === 1 ? THROWS : FINE),
    });
    append(world, records(0, 0, 0));
    append(world, records(1, 0, 1));
    append(world, records(2, 0, 0));
    assign(world, 0, 1, 2);
    play(world, 1600);
    expect(deliveriesOf(world)).toEqual(['0: 0 | 1: 0 1 | 2: 0', '0: 0 | 1: 0']);
    feed(world, { kind: 'revoked', partitions: [1] });
    play(world);
    expect(deliveriesOf(world)[2]).toBe('2: 0');
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 1, 2: 1 });
  });

  it('a commit that was to be made again leaves it out', () => {
    const world = virtualMapping({
      config: { batchSize: 2 },
      duration: 100,
      commitError: (commit) => (commit === 1 ? 'coordinator gone' : undefined),
    });
    append(world, records(0, 0, 9));
    assign(world, 0);
    play(world, 150);
    expect(world.commits).toHaveLength(1);
    feed(world, { kind: 'revoked', partitions: [0] });
    play(world);
    expect(world.commits).toHaveLength(1);
  });

  it('an answer to a fetch of before is ignored', () => {
    const world = virtualMapping();
    append(world, records(0, 0, 3));
    assign(world, 0);
    feed(world, { kind: 'revoked', partitions: [0] });
    play(world);
    expect([world.deliveries.length, world.state.metrics.PolledEventCount]).toEqual([0, 0]);
  });
});

describe('fetching', () => {
  it('leaves out what a record batch holds before the offset asked for', () => {
    const world = virtualMapping();
    append(world, records(0, 0, 4));
    feed(world, { kind: 'assigned', partitions: [{ partition: 0, position: 3, committed: 3 }] });
    const fetch = world.state.partitions.get(0)?.fetchNumber ?? 0;
    world.pending = [];
    const fetched = { partition: 0, records: records(0, 0, 4), nextOffset: 5, endOffset: 5 };
    feed(world, { kind: 'fetched', fetch, fetched });
    play(world);
    expect(deliveriesOf(world)).toEqual(['0: 3 4']);
  });

  it('starts again at the first record that was thrown out of the buffer, although another fetch was under way', () => {
    const world = virtualMapping({
      config: { batchSize: 10 },
      limits: { bufferBytes: 4000, prefetchRecords: 50 },
      script: (event, invocation) => (invocation < 4 && holds(event, 0, 0) ? THROWS : FINE),
    });
    append(world, records(0, 0, 29));
    assign(world, 0);
    play(world, 600);
    append(world, records(1, 0, 29));
    assign(world, 1);
    expect(world.state.partitions.get(0)?.position).toBe(10);
    append(world, [aRecord(0, 30)]);
    play(world);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 31, 1: 30 });
    expect(statusOfWorld(world).partitions[0]).toMatchObject({ succeeded: 31 });
    expect(world.state.metrics.PolledEventCount).toBe(61);
  });

  it('brings what was thrown out of the buffer again without waiting for the fetch that was under way at the end', () => {
    const world = virtualMapping({
      config: { batchSize: 10 },
      limits: { bufferBytes: 4000, prefetchRecords: 50 },
      script: (event, invocation) => (invocation < 4 && holds(event, 0, 0) ? THROWS : FINE),
    });
    append(world, records(0, 0, 29));
    assign(world, 0);
    play(world, 600);
    append(world, records(1, 0, 29));
    assign(world, 1);
    expect(world.waiting.map(({ request }) => request.offset)).toContain(30);
    play(world);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 30, 1: 30 });
  });

  it('leaves out what an overtaken fetch brings while the one that took its place is under way', () => {
    const world = virtualMapping({
      config: { batchSize: 10 },
      limits: { bufferBytes: 4000, prefetchRecords: 50 },
      fetchDelay: 50,
      script: (event, invocation) => (invocation < 4 && holds(event, 0, 0) ? THROWS : FINE),
    });
    append(world, records(0, 0, 29));
    assign(world, 0);
    play(world, 700);
    const [overtaken] = world.waiting;
    append(world, records(1, 0, 29));
    assign(world, 1);
    const numberOf = () => world.state.partitions.get(0)?.fetchNumber;
    for (let steps = 0; steps < 3_000 && numberOf() === overtaken?.fetch; steps += 1) play(world, 10);
    expect(world.state.partitions.get(0)).toMatchObject({ fetch: 'fetching', position: 10 });

    const fetched = { partition: 0, records: [aRecord(0, 30)], nextOffset: 31, endOffset: 31 };
    feed(world, { kind: 'fetched', fetch: overtaken?.fetch ?? -1, fetched });
    play(world);

    expect(Object.fromEntries(world.committed)).toEqual({ 0: 30, 1: 30 });
    expect(statusOfWorld(world).partitions[0]).toMatchObject({ succeeded: 30 });
  });

  it('goes on from the knob’s position when the offset is out of range', () => {
    const world = virtualMapping();
    append(world, records(0, 50, 52));
    feed(world, { kind: 'assigned', partitions: [{ partition: 0, position: 10, committed: 10 }] });
    const fetch = world.state.partitions.get(0)?.fetchNumber ?? 0;
    world.pending = [];
    feed(world, { kind: 'fetch-failed', partition: 0, fetch, outOfRange: true, message: 'gone' });
    play(world);
    expect(deliveriesOf(world)).toEqual(['0: 50 51 52']);
    expect(world.committed.get(0)).toBe(53);
  });

  it('that fails is tried again, shows in the result, and loses nothing', () => {
    const world = virtualMapping();
    append(world, records(0, 0, 3));
    assign(world, 0);
    const fetch = world.state.partitions.get(0)?.fetchNumber ?? 0;
    world.pending = [];
    feed(world, { kind: 'fetch-failed', partition: 0, fetch, outOfRange: false, message: 'broker gone' });
    expect(statusOfWorld(world).lastProcessingResult).toBe(
      'PROBLEM: Connection error. Please check your event source connection configuration.',
    );
    play(world);
    expect(world.committed.get(0)).toBe(4);
    expect(statusOfWorld(world)).toMatchObject({
      lastProcessingResult: 'OK',
      metrics: { PollingErrorCount: 1 },
    });
  });
});

describe('stopping', () => {
  it('ends and commits what is in flight, begins nothing new, and leaves retries for the next time', () => {
    const world = virtualMapping({
      config: { batchSize: 2 },
      duration: 1000,
      knobs: { mixPartitions: 'off' },
      script: (event) => ('shop-orders-1' in event.records ? THROTTLED : FINE),
    });
    append(world, records(0, 0, 5));
    append(world, records(1, 0, 1));
    assign(world, 0, 1);
    play(world, 100);
    feed(world, { kind: 'stop' });
    play(world);
    expect(world.deliveries).toHaveLength(2);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 2 });
  });

  it('is quiet only when the commit is made, and disabling ends in Disabled', () => {
    const world = virtualMapping({ duration: 1000 });
    append(world, records(0, 0, 1));
    assign(world, 0);
    play(world, 600);
    feed(world, { kind: 'disable' });
    expect(statusOfWorld(world).state).toBe('Disabling');
    play(world);
    expect(statusOfWorld(world).state).toBe('Disabled');
    expect(world.committed.get(0)).toBe(2);
  });
});

describe('counters', () => {
  it('account for every record once: polled is succeeded, filtered, dropped and delivered to the destination', () => {
    const world = played([records(0, 95, 120), records(1, 0, 9)], {
      config: { destination: TO_TOPIC, filters: onlyEven, batchSize: 7 },
      script: (event) => {
        const bad = Object.values(event.records)
          .flat()
          .filter(({ offset }) => offset % 5 === 0);
        return reporting(...bad.map(({ partition, offset }) => [partition, offset] as const));
      },
    });
    const { metrics, counters } = world.state;
    const sum = (field: 'succeeded' | 'discarded' | 'dropped' | 'filtered') =>
      [...counters.values()].reduce((total, partition) => total + partition[field], 0);
    expect(sum('succeeded') + sum('discarded') + sum('dropped') + sum('filtered')).toBe(36);
    expect(metrics).toMatchObject({
      PolledEventCount: 36,
      FilteredOutEventCount: 15,
      OnFailureDestinationDeliveredEventCount: 5,
      CommittedEventCount: 36,
    });
  });
});
