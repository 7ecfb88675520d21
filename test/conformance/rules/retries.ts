import { assumed, documented, MSK_RUN, observed, type Rule, STREAM_RUN, UNKNOWN } from './rule.ts';

const NEXT = { where: ['local/mapping/work/next-step.ts'] } as const;
const BISECT = { where: ['local/mapping/work/bisect.ts', 'local/mapping/work/next-step.ts'] } as const;
const AGE = { where: ['local/mapping/work/record-age.ts'] } as const;

export const RETRY_RULES: readonly Rule[] = [
  documented(
    'R87',
    'kafka-retry-configurations',
    'N retries are at most 1 + N invocations of the same work',
    NEXT,
  ),
  observed(
    'R88',
    MSK_RUN,
    'the first invocation, with other partitions in it, is attempt 1 of each group',
    NEXT,
  ),
  assumed(
    'R89',
    'counts of Kinesis runs differ',
    'progress inside a partition does not start the count anew',
    {
      knob: 'counterOnProgress',
      ...NEXT,
    },
  ),
  documented(
    'R90',
    'kafka-retry-configurations',
    'retries without a limit and without a destination go on for ever',
    NEXT,
  ),
  documented('R91', 'kafka-retry-configurations', 'with a destination they end after 10', NEXT),
  assumed('R92', 'follows from R87', 'no retries are one attempt', NEXT),
  documented(
    'R93',
    'kafka-retry-configurations',
    'errors count as attempts; timeouts, reported failures and unreadable answers too (assumed)',
    {
      where: ['local/mapping/work/end-invocation.ts'],
    },
  ),
  documented('R94', 'invocation-eventsourcemapping', 'throttles and service errors use no attempt', {
    where: ['local/mapping/work/end-invocation.ts'],
    tests: ['test/simulation/mutants.test.ts'],
  }),
  assumed('R95', 'documented for Kinesis', 'they are repeated until the records expire', {
    where: ['local/mapping/work/end-invocation.ts'],
  }),
  assumed('R96', UNKNOWN, 'the wait between attempts is 1 s, doubling to 30 s, with jitter', {
    knob: 'backoff',
    where: ['local/mapping/work/back-off.ts'],
    tests: ['test/local/mapping/work/back-off.test.ts'],
  }),
  assumed('R97', 'follows from R17', 'a handler cannot count attempts without a memory of its own', {
    outOfScope: 'it is about what a handler cannot know; R17 shows the event that lacks it',
  }),
  documented(
    'R98',
    'kafka-on-failure',
    'after the last attempt the group goes to the destination or is dropped, and the partition moves on',
    {
      where: ['local/mapping/work/discard.ts'],
      tests: ['test/simulation/mutants.test.ts'],
    },
  ),
  observed(
    'R99',
    MSK_RUN,
    'what is given up is the whole group, also records that were never attempted',
    NEXT,
  ),
  documented(
    'R101',
    'kafka-retry-configurations',
    'a function error splits the batch into two halves that are retried separately',
    BISECT,
  ),
  assumed('R102', UNKNOWN, 'a batch of one is retried by the normal count', BISECT),
  assumed('R103', 'documented for Kinesis', 'a split uses no attempt', {
    knob: 'bisectCountsAsRetry',
    ...BISECT,
  }),
  assumed(
    'R103a',
    'follows from R103',
    'without retries a batch is split before any of it is given up',
    BISECT,
  ),
  assumed('R104', 'follows from the order of a partition', 'the left half runs before the right one', {
    where: ['local/mapping/work/work-order.ts'],
    tests: ['test/simulation/mutants.test.ts'],
  }),
  assumed('R105', UNKNOWN, 'a mixed batch is cut in the middle of its list', {
    knob: 'bisectCut',
    ...BISECT,
  }),
  assumed('R106', UNKNOWN, 'a partial answer never splits', BISECT),
  assumed('R107', UNKNOWN, 'an answer that cannot be read does not split', {
    knob: 'bisectOnInvalidResponse',
    ...BISECT,
  }),
  documented(
    'R108',
    'AWS::Lambda::EventSourceMapping',
    'after splits a destination record may hold one or more records',
    BISECT,
  ),
  documented(
    'R109',
    'kafka-retry-configurations',
    'records older than the limit are not sent, or not sent again',
    { ...AGE, tests: ['test/local/mapping/work/record-age.test.ts'] },
  ),
  observed('R110', STREAM_RUN, 'expired records leave the batch, the others are sent', AGE),
  observed(
    'R111',
    STREAM_RUN,
    'a record that is too old at its first poll is given up with a count of 1 and no answer',
    AGE,
  ),
  assumed('R112', UNKNOWN, 'the condition is RecordAgeExceeded, as for streams', {
    knob: 'ageCondition',
    ...AGE,
  }),
  assumed('R113', UNKNOWN, 'of the age and the retry limit the first one reached counts', AGE),
];
