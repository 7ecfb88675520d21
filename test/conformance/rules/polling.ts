import { assumed, documented, KAFKA, observed, type Rule, UNKNOWN } from './rule.ts';

const TAKE = { where: ['local/mapping/batch/take-batch.ts'] } as const;

export const POLLING: readonly Rule[] = [
  documented(
    'R32',
    'services-consume-kafka-events',
    'a record goes through poll, schema step, filter, batch and invocation',
    {
      where: ['local/mapping/read/receive-records.ts'],
    },
  ),
  documented('R33', 'invocation-eventsourcemapping', 'a batch closes by its window, its size, or 6 MB', TAKE),
  assumed('R34', 'follows from R32', 'filtered records do not fill a batch', {
    where: ['local/mapping/read/receive-records.ts'],
  }),
  assumed(
    'R35',
    'invocation-eventsourcemapping tells several stories',
    'a window starts with the first record or when the previous batch is done, whichever is later',
    {
      knob: 'windowStart',
      where: ['local/mapping/batch/ready-partitions.ts'],
    },
  ),
  documented('R36', 'with-kafka-low-latency', 'a window of 0 sends what is there at once', {
    where: ['local/mapping/batch/ready-partitions.ts'],
  }),
  assumed('R37', 'follows from R33', 'a window without records makes no invocation', {
    where: ['local/mapping/batch/ready-partitions.ts'],
  }),
  documented(
    'R38',
    'invocation-eventsourcemapping',
    'the 6 MB are those of the event as sent, with base64 and header bytes written out',
    { ...TAKE, tests: ['test/local/mapping/batch/payload-limit.property.test.ts'] },
  ),
  documented(
    'R39',
    'kafka-on-failure',
    'a record above 6 MB goes to the destination as MaximumPayloadSizeExceeded, or is dropped; the partition moves on',
    {
      where: ['local/mapping/read/receive-records.ts'],
    },
  ),
  documented('R40', 'with-msk-configure', 'one event may hold records of several partitions', {
    knob: 'mixPartitions',
    ...TAKE,
  }),
  documented('R41', 'with-msk', 'records of a partition are delivered in offset order', TAKE),
  assumed('R42', 'follows from R41', 'no later record of a partition is sent before its batch is resolved', {
    where: ['local/mapping/work/work-order.ts'],
    tests: ['test/simulation/simulation.test.ts'],
  }),
  documented('R43', 'kafka-scaling-modes', 'a poller has five invocations at once at most', {
    where: ['local/mapping/work/start-work.ts'],
  }),
  documented('R44', 'kafka-scaling-modes', 'there are never more pollers than partitions', {
    where: ['local/mapping/read/clamp-pollers.ts'],
    tests: ['test/local/mapping/read/clamp-pollers.test.ts'],
  }),
  documented(
    'R45',
    'kafka-scaling-modes',
    'on-demand starts with one poller (observed) and follows the lag each minute; throttles lower the number',
    {
      where: ['local/mapping/read/each-minute.ts', 'local/mapping/read/clamp-pollers.ts'],
      tests: ['test/local/mapping/read/clamp-pollers.test.ts'],
    },
  ),
  documented(
    'R46',
    'kafka-scaling-modes',
    'provisioned mode keeps between its minimum and its maximum of pollers',
    {
      where: ['local/mapping/read/clamp-pollers.ts'],
    },
  ),
  assumed('R47', KAFKA, 'scaling and new members rebalance the group; what was in flight may come again', {
    where: ['local/mapping/read/assign-partitions.ts'],
    tests: ['test/simulation/simulation.test.ts', 'test/kafka/source/kafka-groups.test.ts'],
  }),
  assumed('R48', UNKNOWN, 'records of aborted transactions are delivered too', {
    where: ['local/source/kafka-source.ts'],
    tests: ['test/kafka/source/kafka-batches.test.ts'],
  }),
  documented(
    'R49',
    'kafka-scaling-modes',
    "the function's reserved concurrency throttles the mapping, which is no function error",
    {
      where: ['local/function/concurrency-limit.ts'],
    },
  ),
  observed(
    'R100',
    'monitoring-metrics-types',
    'records that the topic drops while a partition is blocked are in no counter; those already fetched are still delivered (assumed)',
    {
      tests: ['test/simulation/simulation.test.ts'],
    },
  ),
];
