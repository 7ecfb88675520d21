import { describe, expect, it } from 'vitest';
import type { KafkaEvent } from '../../../lib/event/kafka-event.ts';
import type { InvokeResult } from '../../../local/function/invoker.ts';
import { FINE, holds, records, reporting, THROWS, TO_TOPIC } from './support/builders.ts';
import { append, assign, deliveriesOf, play, played, virtualMapping } from './support/virtual-mapping.ts';

/** Partition 0 holds 10–14, partition 1 holds 3 and 4; two retries, a destination. */
const TOPIC = [records(0, 10, 14), records(1, 3, 4)];
const FIRST = '0: 10 11 12 13 14 | 1: 3 4';
const READINGS = ['listed-only', 'from-lowest'] as const;

function playCase(
  reading: (typeof READINGS)[number],
  script: (event: KafkaEvent, invocation: number) => InvokeResult,
  knobs: Readonly<Record<string, unknown>> = {},
) {
  return played(TOPIC, {
    config: { destination: TO_TOPIC },
    knobs: { partialReading: reading, ...knobs },
    script,
  });
}

function commitsOf(world: { readonly commits: readonly ReadonlyMap<number, number>[] }, partition: number) {
  return world.commits.flatMap((offsets) => offsets.get(partition) ?? []);
}

const once = (answer: InvokeResult) => (_event: KafkaEvent, invocation: number) =>
  invocation === 1 ? answer : FINE;

describe.each(READINGS)('the worked cases, reading a partial answer as %s', (reading) => {
  const listed = reading === 'listed-only';

  it('W1 sends the reported record again, alone or with all behind it, and commits 12 and then 15', () => {
    const world = playCase(reading, once(reporting([0, 12])));
    expect(deliveriesOf(world)).toEqual([FIRST, listed ? '0: 12' : '0: 12 13 14']);
    expect(commitsOf(world, 0)).toEqual([12, 15]);
    expect(commitsOf(world, 1)).toEqual([5]);
  });

  it('W2 gives a group up that fails for ever as one destination record after three attempts', () => {
    const world = playCase(reading, (event) => (holds(event, 0, 12) ? reporting([0, 12], [0, 14]) : FINE));
    const again = listed ? '0: 12 14' : '0: 12 13 14';
    expect(deliveriesOf(world)).toEqual([FIRST, again, again]);
    expect(world.discards).toHaveLength(1);
    expect(world.discards[0]?.payload.records['shop-orders-0']).toHaveLength(listed ? 2 : 3);
    expect(world.discards[0]).toMatchObject({
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    });
    expect(commitsOf(world, 0)).toEqual([12, 15]);
  });

  it('W3 sends the whole tail of a partition again when the whole tail was reported', () => {
    const world = playCase(reading, once(reporting([0, 12], [0, 13], [0, 14])));
    expect(deliveriesOf(world)).toEqual([FIRST, '0: 12 13 14']);
  });

  it('W4 loses the unreported tail of a function that stopped early only when read as listed-only', () => {
    const world = playCase(reading, once(reporting([0, 12])));
    expect(deliveriesOf(world)[1]).toBe(listed ? '0: 12' : '0: 12 13 14');
    expect(world.committed.get(0)).toBe(15);
  });

  it('W5 sends the whole batch again when one identifier is not in the event', () => {
    const world = playCase(reading, once(reporting([0, 99])));
    expect(deliveriesOf(world)).toEqual([FIRST, FIRST]);
    expect(world.notices).toContainEqual(expect.objectContaining({ kind: 'diagnostic', rule: 'R75' }));
  });

  it('W6 gives a batch up that throws for ever as one destination record with both partitions', () => {
    const world = playCase(reading, () => THROWS);
    expect(deliveriesOf(world)).toEqual([FIRST, FIRST, FIRST]);
    expect(world.discards).toHaveLength(1);
    expect(Object.keys(world.discards[0]?.payload.records ?? {})).toEqual(['shop-orders-0', 'shop-orders-1']);
    expect(Object.fromEntries(world.committed)).toEqual({ 0: 15, 1: 5 });
  });

  it('W7 delivers everything from the watermark again after a crash before the retry', () => {
    const world = virtualMapping({
      config: { destination: TO_TOPIC },
      knobs: { partialReading: reading },
      script: once(reporting([0, 12])),
    });
    for (const list of TOPIC) append(world, list);
    assign(world, 0, 1);
    play(world, 600);
    const after = virtualMapping({ config: { destination: TO_TOPIC } });
    after.committed = world.committed;
    for (const list of TOPIC) append(after, list);
    assign(after, 0, 1);
    play(after);
    expect(deliveriesOf(after)).toEqual(['0: 12 13 14']);
  });

  it.each([
    ['after-partial', false, true],
    ['always', true, true],
    ['never', false, false],
  ])('sends retries thin as the knob says: %s', (thinRetry, afterError, afterPartial) => {
    const thinAfter = (answer: InvokeResult) => {
      const world = playCase(reading, once(answer), { thinRetry });
      return Object.keys(world.deliveries[1]?.event ?? {}).join() === 'records';
    };
    expect([thinAfter(THROWS), thinAfter(reporting([0, 12]))]).toEqual([afterError, afterPartial]);
  });
});
