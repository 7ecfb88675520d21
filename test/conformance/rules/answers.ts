import { assumed, documented, MSK_RUN, observed, type Rule, STREAM_RUN, UNKNOWN } from './rule.ts';

const READ = { where: ['local/mapping/answer/read-response.ts'] } as const;
const IDENTIFIER = { where: ['local/mapping/answer/read-identifier.ts'] } as const;
const NEXT = { where: ['local/mapping/work/next-step.ts'] } as const;

export const ANSWER_RULES: readonly Rule[] = [
  documented(
    'R67',
    'services-kinesis-batchfailurereporting',
    'without ReportBatchItemFailures any answer is a success',
    {
      where: ['local/mapping/answer/read-verdict.ts'],
    },
  ),
  documented('R68', 'kafka-retry-configurations', 'partial answers count in provisioned mode only', {
    where: ['local/mapping/answer/read-verdict.ts', 'local/mapping/refuse-config.ts'],
    tests: ['test/local/mapping/answers.test.ts', 'test/local/mapping/refuse-config.test.ts'],
  }),
  documented(
    'R69',
    'kafka-retry-configurations',
    'a thrown error repeats the whole batch with all its partitions',
    NEXT,
  ),
  documented('R70', 'kafka-retry-configurations', 'null or nothing is a success', READ),
  documented('R71', 'kafka-retry-configurations', '{} is a success', READ),
  observed('R72', STREAM_RUN, 'an empty or null list of failures is a success', READ),
  observed('R73', STREAM_RUN, 'an empty text or an empty list as the body is a success', READ),
  documented('R74', 'kafka-retry-configurations', 'valid identifiers are a partial failure', READ),
  documented(
    'R75',
    'kafka-retry-configurations',
    'an identifier that is not in the event repeats the whole batch',
    READ,
  ),
  documented('R76', 'kafka-retry-configurations', 'one wrong identifier among good ones does so too', READ),
  observed(
    'R77',
    STREAM_RUN,
    'a missing, empty or wrongly named identifier repeats the whole batch',
    IDENTIFIER,
  ),
  assumed('R78', UNKNOWN, 'a text as identifier repeats the whole batch', {
    knob: 'stringIdentifier',
    ...IDENTIFIER,
  }),
  assumed('R79', UNKNOWN, 'an offset as text repeats the whole batch', {
    knob: 'stringOffset',
    ...IDENTIFIER,
  }),
  assumed('R80', 'older editions of the guide', 'the older key topic-partition repeats the whole batch', {
    knob: 'legacyKey',
    ...IDENTIFIER,
  }),
  assumed('R81', UNKNOWN, 'the same identifier twice counts once', READ),
  assumed('R82', UNKNOWN, 'order and extra fields of the list mean nothing', READ),
  assumed('R83', UNKNOWN, 'a body that is no object, or whose list is none, repeats the whole batch', {
    knob: 'malformedBody',
    ...READ,
  }),
  assumed(
    'R84',
    UNKNOWN,
    'an answer that lists every record repeats them all and is no function error',
    NEXT,
  ),
  documented(
    'R85',
    'invocation-eventsourcemapping',
    'an error, a timeout, an exit, no memory left and an answer above 6 MB repeat the whole batch',
    {
      where: ['local/mapping/answer/read-verdict.ts', 'local/function/function-result.ts'],
      tests: ['test/local/function/failures.test.ts', 'test/local/function/process-end.test.ts'],
    },
  ),
  observed('R86a', MSK_RUN, 'partitions of the batch without a reported record are resolved', NEXT),
  observed(
    'R86b',
    MSK_RUN,
    'the failures of each partition are a group with its own attempts and its own destination record',
    NEXT,
  ),
  assumed('R86c', UNKNOWN, 'each group is retried in an invocation of its own', {
    knob: 'retryGrouping',
    ...NEXT,
  }),
  assumed('R86d', UNKNOWN, 'scattered offsets of one partition are one group', NEXT),
  assumed(
    'R86e',
    'kafka-retry-configurations, read literally',
    'only the listed records come again; the other reading is everything from the lowest listed offset',
    {
      knob: 'partialReading',
      ...NEXT,
    },
  ),
  assumed(
    'R86f',
    'follows from the order of a partition',
    'later records of the partition wait until the group is resolved',
    {
      where: ['local/mapping/work/work-order.ts'],
    },
  ),
  assumed('R86g', UNKNOWN, 'a group may answer partially again, and shrinks', NEXT),
];
