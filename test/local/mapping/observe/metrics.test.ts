import { describe, expect, it } from 'vitest';
import { createMetrics, gaugesOf, publishedMetrics } from '../../../../local/mapping/observe/metrics.ts';
import { records, reporting, START, THROTTLED } from '../support/builders.ts';
import { append, assign, play, played, statusOfWorld, virtualMapping } from '../support/virtual-mapping.ts';

describe('metrics', () => {
  it('are published by opted-in groups, errors only when there are any, and the lag always', () => {
    const metrics = { ...createMetrics(), PolledEventCount: 0, CommitErrorCount: 2 };
    const gauges = gaugesOf([3, 0, 4], undefined);
    expect(publishedMetrics(metrics, gauges, [])).toEqual({ OffsetLag: 7 });
    expect(publishedMetrics(metrics, gauges, ['ErrorCount', 'KafkaMetrics'])).toEqual({
      OffsetLag: 7,
      CommitErrorCount: 2,
      MaxOffsetLag: 4,
      SumOffsetLag: 7,
    });
    expect(publishedMetrics(metrics, gauges, ['EventCount'])).toHaveProperty('PolledEventCount', 0);
  });

  it('of a lagging mapping show the largest and the total lag', () => {
    const world = played([records(0, 0, 4), records(1, 0, 2)], {
      config: { maximumRetryAttempts: -1 },
      script: () => THROTTLED,
    });
    expect(statusOfWorld(world).metrics).toMatchObject({
      MaxOffsetLag: 5,
      SumOffsetLag: 8,
      OffsetLag: 8,
      ProvisionedPollers: 1,
    });
  });
});

describe('the system log', () => {
  const logged = (logLevel: 'DEBUG' | 'INFO' | 'WARN' | undefined) => {
    const world = virtualMapping({
      config: { logLevel },
      script: (_event, invocation) => (invocation === 1 ? reporting([0, 99]) : reporting()),
    });
    append(world, records(0, 0, 4));
    assign(world, 0);
    play(world, 70_000);
    return world.notices.flatMap((notice) => (notice.kind === 'log' ? [notice.event] : []));
  };

  it.each([
    ['DEBUG', ['POLLER_STATUS_EVENT', 'EMULATOR_DIAGNOSTIC', 'KAFKA_STATUS_EVENT']],
    ['INFO', ['POLLER_STATUS_EVENT', 'EMULATOR_DIAGNOSTIC']],
    ['WARN', ['EMULATOR_DIAGNOSTIC']],
    [undefined, ['EMULATOR_DIAGNOSTIC']],
  ] as const)('at level %s writes %j', (level, expected) => {
    expect(logged(level).map(({ eventType }) => eventType)).toEqual(expected);
  });

  it('tells the offsets of each partition by its key', () => {
    expect(logged('DEBUG').at(-1)).toMatchObject({
      eventType: 'KAFKA_STATUS_EVENT',
      timestamp: new Date(START + 60_000).toISOString(),
      eventProcessorId: '11111111-2222-4333-8444-555555555555/0',
      kafkaPartitionOffsets: [
        {
          partition: 'shop-orders-0',
          endOffset: 5,
          consumedOffset: 5,
          processedOffset: 4,
          committedOffset: 5,
        },
      ],
    });
  });
});
