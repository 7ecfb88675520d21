import { assumed, documented, MSK_RUN, observed, type Rule, UNKNOWN } from './rule.ts';

const TEXT = { where: ['local/mapping/batch/record-text.ts'] } as const;
const EVENT = { where: ['local/mapping/batch/event-text.ts'] } as const;

export const EVENT_RULES: readonly Rule[] = [
  documented(
    'R10',
    'with-msk',
    'an MSK event has eventSource, eventSourceArn, bootstrapServers and records',
    EVENT,
  ),
  documented('R11', 'with-kafka', 'a self-managed event has no eventSourceArn', EVENT),
  documented('R12', 'with-msk', 'bootstrapServers is one text of host:port with commas', EVENT),
  documented(
    'R13',
    'with-msk',
    'records maps topic-partition to the records of that partition, in offset order',
    EVENT,
  ),
  assumed(
    'R14',
    'follows from topic names',
    'a key of records cannot be split at a hyphen; the record names its place',
    EVENT,
  ),
  observed('R15', MSK_RUN, 'a retry after a partial answer has records and nothing else', {
    knob: 'thinRetry',
    where: ['local/mapping/work/start-work.ts'],
  }),
  assumed('R16', UNKNOWN, 'other retries are full', {
    knob: 'thinRetry',
    where: ['local/mapping/work/start-work.ts'],
  }),
  documented('R17', 'with-msk', 'the event tells neither the attempt nor the mapping', EVENT),
  documented(
    'R18',
    'with-msk',
    'a record has topic, partition, offset, timestamp, timestampType, key, value and headers',
    TEXT,
  ),
  documented('R19', 'with-msk', 'timestampType is CREATE_TIME or LOG_APPEND_TIME', {
    ...TEXT,
    tests: ['test/local/mapping/batch/record-text.test.ts'],
  }),
  documented('R20', 'with-msk', 'key and value are padded base64, whatever they hold', TEXT),
  observed('R21', 'samples and issues of Powertools for AWS Lambda', 'a null key is left out', {
    knob: 'nullStyle',
    ...TEXT,
  }),
  observed('R22', 'issues of Powertools for AWS Lambda', 'the null value of a tombstone is left out', {
    knob: 'nullStyle',
    ...TEXT,
  }),
  assumed('R23', 'follows from base64', 'an empty key or value is the empty text, which is not null', TEXT),
  documented(
    'R24',
    'with-msk',
    'headers are a list of objects with one name each; order and doubled names stay',
    TEXT,
  ),
  observed('R25', 'issues of several Lambda runtimes', 'header bytes are -128 to 127', {
    knob: 'headerBytes',
    ...TEXT,
  }),
  observed(
    'R26',
    'a public pull request',
    'a header with a null value is an empty object: its name is gone',
    TEXT,
  ),
  assumed('R27', 'follows from the form of headers', 'a header with an empty value is an empty list', TEXT),
  documented('R28', 'kafka-on-failure-destination', 'a record without headers has an empty list', {
    knob: 'noHeadersStyle',
    ...TEXT,
  }),
  documented('R29', 'with-msk', 'offsets are JSON numbers; one above 2^53-1 cannot be named exactly', {
    where: ['lib/event/parse-kafka-event.ts'],
    tests: ['test/lib/event/parse-kafka-event.test.ts'],
  }),
  assumed('R30', 'follows from Kafka', 'offsets of a partition have gaps', {
    where: ['local/mapping/read/receive-records.ts'],
    tests: ['test/local/mapping/commits.test.ts', 'test/kafka/source/kafka-batches.test.ts'],
  }),
  assumed('R31', 'follows from JSON', 'a handler tolerates fields that it does not know', {
    tests: ['test/conformance/handler-and-mapping.test.ts'],
  }),
];
