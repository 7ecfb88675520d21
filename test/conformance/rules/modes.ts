import { API, assumed, documented, KAFKA, type Rule, UNKNOWN } from './rule.ts';

const REFUSALS = ['test/local/mapping/refusals/refusals.test.ts'];

export const MODES: readonly Rule[] = [
  documented('R1', API, 'a mapping reads either an MSK cluster or a self-managed one, never both', {
    where: ['local/mapping/batch/event-text.ts', 'local/mapping/refusals/cdk-checks.ts'],
    tests: REFUSALS,
  }),
  documented('R2', API, 'a mapping reads exactly one topic', {
    where: ['local/mapping/refusals/range-checks.ts'],
    tests: REFUSALS,
  }),
  assumed(
    'R3',
    API,
    'a function may have several mappings, and a topic several groups that each see every record',
    {
      where: ['local/run/local-run.ts'],
    },
  ),
  documented(
    'R4',
    'kafka-scaling-modes',
    'on-demand is the default; ProvisionedPollerConfig switches provisioned mode on, and {} off',
    {
      where: ['local/mapping/read/clamp-pollers.ts', 'local/mapping/refusals/mapping-request.ts'],
    },
  ),
  documented(
    'R5',
    'kafka-retry-configurations',
    'retry limit, record age, bisect, partial responses and topic destinations need provisioned mode',
    {
      where: ['local/mapping/refuse-config.ts'],
      tests: ['test/local/mapping/refuse-config.test.ts'],
    },
  ),
  assumed(
    'R5a',
    'older error texts in public issues',
    'one of these without provisioned mode is refused as an unsupported parameter',
    {
      where: ['local/mapping/refusals/api-checks.ts', 'local/mapping/refuse-config.ts'],
      tests: ['test/local/mapping/refuse-config.test.ts', ...REFUSALS],
    },
  ),
  documented('R5b', 'kafka-on-failure', 'SQS, SNS and S3 destinations work in on-demand mode too', {
    tests: ['test/local/mapping/refuse-config.test.ts'],
  }),
  documented(
    'R6',
    'invocation-eventsourcemapping',
    'delivery is at least once; crashes, rebalances and failed commits repeat records',
  ),
  documented('R7', 'invocation-eventsourcemapping', 'the function is invoked synchronously', {
    where: ['local/function/invoker.ts'],
  }),
  documented('R8', 'services-consume-kafka-events', "the function's timeout is at most 840 seconds", {
    where: ['local/mapping/refusals/refusals.ts'],
    tests: REFUSALS,
  }),
  documented('R9', 'polling-kafka-queue', 'a self-managed mapping may read in queue mode, without order', {
    where: ['local/mapping/refusals/refusals.ts'],
    tests: REFUSALS,
    outOfScope:
      'queue mode needs share groups and is refused with a message; every rule here is of stream mode',
  }),
  documented(
    'R50',
    'kafka-starting-positions',
    'TRIM_HORIZON, LATEST and AT_TIMESTAMP choose where each partition starts',
    {
      where: ['local/mapping/read/starting-position.ts'],
    },
  ),
  documented(
    'R51',
    'kafka-starting-positions',
    'with LATEST what is written before the mapping is ready is not read',
    {
      where: ['local/mapping/driver/join-group.ts'],
    },
  ),
  documented('R52', 'with-kafka-troubleshoot', "the group is the mapping's UUID unless one is named", {
    where: ['local/assembly/read/read-mapping.ts'],
    tests: ['test/local/assembly/read/read-mapping.test.ts'],
  }),
  documented(
    'R53',
    'kafka-consumer-group-id',
    'a group with commits goes on from them and ignores the starting position',
    {
      where: ['local/mapping/driver/join-group.ts'],
    },
  ),
  documented('R54', 'kafka-consumer-group-id', 'other members of the group take a share of the partitions', {
    where: ['local/source/assign-partitions.ts'],
    tests: ['test/kafka/source/kafka-groups.test.ts', 'test/local/source/embedded-groups.test.ts'],
  }),
  documented('R55', API, 'a group belongs to one mapping and cannot be changed', {
    where: ['local/mapping/refusals/refusals.ts'],
    tests: REFUSALS,
  }),
  assumed(
    'R56',
    UNKNOWN,
    'when the offset is not on the topic any more, reading goes on at the starting position',
    {
      knob: 'outOfRangeReset',
      where: ['local/mapping/read/fetch-trouble.ts'],
      tests: ['test/simulation/simulation.test.ts'],
    },
  ),
  assumed('R57', UNKNOWN, 'a partition that the topic gets later is read from its beginning', {
    where: ['local/mapping/driver/join-group.ts'],
  }),
  documented('R58', 'with-msk', 'offsets are committed after the invocation has ended', {
    where: ['local/mapping/commit/commit-offsets.ts'],
  }),
  documented('R59', 'esm-logging', 'the committed offset is the last resolved one plus one', {
    where: ['local/mapping/commit/watermark.ts'],
  }),
  documented('R60', 'kafka-filtering', 'filtered records around delivered ones are committed with them', {
    where: ['local/mapping/commit/watermark.ts'],
  }),
  assumed(
    'R61',
    UNKNOWN,
    'when everything was filtered out, the commit comes when the window would have closed',
    {
      where: ['local/mapping/read/receive-records.ts'],
    },
  ),
  assumed('R62', KAFKA, 'the committed offset never passes a record that is not resolved', {
    where: ['local/mapping/commit/watermark.ts'],
    tests: ['test/local/mapping/commit/watermark.property.test.ts', 'test/simulation/simulation.test.ts'],
  }),
  assumed(
    'R63',
    KAFKA,
    'records behind an unresolved one come again after a crash, also when they succeeded',
    {
      tests: ['test/simulation/simulation.test.ts'],
    },
  ),
  documented(
    'R64',
    'monitoring-metrics-types',
    'a failed commit is counted; what it covered may come again',
    {
      where: ['local/mapping/commit/commit-offsets.ts'],
      tests: ['test/simulation/mutants.test.ts'],
    },
  ),
  assumed('R65', KAFKA, 'a mapping that is disabled and enabled goes on from its commits', {
    where: ['local/mapping/lifecycle/apply-lifecycle.ts'],
  }),
  assumed(
    'R66',
    API,
    'a mapping created anew without a group of its own starts at its starting position',
    {},
  ),
];
