import { assumed, type Rule } from './rule.ts';

const rule = (
  id: string,
  why: string,
  statement: string,
  tests: readonly string[],
  where: readonly string[],
): Rule => assumed(id, `follows from ${why}`, statement, { tests, where });

const PROPERTIES = 'test/properties';

/** What a handler owes the mapping; all of it follows from the rules above. */
export const LIBRARY: readonly Rule[] = [
  rule(
    'R-L1',
    'R15',
    'an event is known by its records, never by eventSource',
    ['test/lib/event/parse-kafka-event.test.ts'],
    ['lib/event/parse-kafka-event.ts'],
  ),
  rule(
    'R-L2',
    'R14, R75',
    "the answer has the event's own partition key, checked once against the records",
    [`${PROPERTIES}/i5-answer-names-the-event.test.ts`],
    ['lib/event/parse-kafka-event.ts'],
  ),
  rule(
    'R-L3',
    'R29',
    'offsets are answered as numbers; one that is not exact fails the batch',
    ['test/lib/event/parse-kafka-event.test.ts'],
    ['lib/event/parse-kafka-event.ts'],
  ),
  rule(
    'R-L4',
    'R86e',
    'in order by partition, the first failure and everything behind it are reported',
    [`${PROPERTIES}/i2-partition-order.test.ts`],
    ['lib/lanes/run-lanes.ts'],
  ),
  rule(
    'R-L5',
    'R86e',
    'without order, every record is attempted and exactly the failures are reported',
    [`${PROPERTIES}/i4-no-order.test.ts`],
    ['lib/lanes/run-lanes.ts'],
  ),
  rule(
    'R-L6',
    'R86e',
    'in order by key, a failure holds back later records of its key and no other',
    [`${PROPERTIES}/i3-key-order.test.ts`],
    ['lib/lanes/by-key.ts'],
  ),
  rule(
    'R-L7',
    'R86e',
    'never stop at a failure and report that record alone',
    [`${PROPERTIES}/i1-nothing-lost.test.ts`],
    ['lib/outcome/batch-response.ts'],
  ),
  rule(
    'R-L8',
    'R85',
    'before the time is up no record is started, and what is not finished is reported',
    [`${PROPERTIES}/i6-time.test.ts`],
    ['lib/lanes/time-budget.ts'],
  ),
  rule(
    'R-L9',
    'R99',
    'a record that can never succeed is parked and counts as done',
    [`${PROPERTIES}/i1-nothing-lost.test.ts`],
    ['lib/park/park.ts'],
  ),
  rule(
    'R-L10',
    'R70',
    'the answer is always explicit',
    ['test/lib/kafka-handler.test.ts'],
    ['lib/outcome/batch-response.ts'],
  ),
  rule(
    'R-L11',
    'R67',
    'without ReportBatchItemFailures the handler throws when anything failed',
    ['test/lib/kafka-handler.test.ts'],
    ['lib/kafka-handler.ts'],
  ),
  rule(
    'R-L12',
    'R85',
    'errors outside of record work throw',
    ['test/lib/kafka-handler.test.ts'],
    ['lib/kafka-handler.ts'],
  ),
  rule(
    'R-L13',
    'R21 to R28',
    'decoders take missing, null and empty fields, signed and unsigned bytes, nameless and doubled headers',
    ['test/lib/decode/headers.test.ts', 'test/lib/decode/consumer-record.test.ts'],
    ['lib/decode/headers.ts'],
  ),
  rule(
    'R-L14',
    'R85',
    'the longest answer stays below 6 MB',
    ['test/conformance/handler-and-mapping.test.ts'],
    ['lib/outcome/batch-response.ts'],
  ),
  rule(
    'R-L15',
    'R6',
    'repeated records can be told: a checkpoint keyed by topic, partition and offset',
    [`${PROPERTIES}/i7-effects-once.test.ts`],
    ['lib/checkpoint/checkpoint.ts'],
  ),
  rule(
    'R-L16',
    'R74',
    "a record's own trouble fails that record alone",
    ['test/lib/kafka-handler.test.ts'],
    ['lib/decode/decode-record.ts'],
  ),
  rule(
    'R-L17',
    'R15',
    'nothing is told from the envelope, which a thin retry lacks',
    ['test/lib/event/parse-kafka-event.test.ts'],
    ['lib/event/parse-kafka-event.ts'],
  ),
];
