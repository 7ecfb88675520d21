import { describe, expect, test } from 'vitest';
import { parseKafkaEvent } from '../../../lib/event/parse-kafka-event.ts';
import { aRecord, buildKafkaEvent } from '../../../lib/testing/index.ts';

const good = { topic: 'order-events', partition: 0, offset: 1 };
const one = (record: unknown) => ({ records: { 'order-events-0': [record] } });

describe('an event', () => {
  test('is given back as it is, also when it is a thin retry', () => {
    const event = buildKafkaEvent([aRecord()]);
    expect(parseKafkaEvent(event)).toBe(event);
    expect(parseKafkaEvent({ records: {} })).toEqual({ records: {} });
  });

  test('may have fields that are not known', () => {
    expect(() => parseKafkaEvent({ ...one({ ...good, future: true }), future: true })).not.toThrow();
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'records'],
    ['an SQS event', { Records: [{ body: '{}', eventSource: 'aws:sqs' }] }],
    ['a Firehose event', { records: [{ data: '' }] }],
    ['records that are null', { records: null }],
    ['a partition that is no list', { records: { 'order-events-0': {} } }],
    ['a record that is null', one(null)],
    ['a record without an offset', one({ ...good, offset: undefined })],
    ['an offset that is a text', one({ ...good, offset: '1' })],
    ['a partition that is a text', one({ ...good, partition: '0' })],
  ])('that is %s is no Kafka event', (_what, event) => {
    expect(() => parseKafkaEvent(event)).toThrow(expect.objectContaining({ code: 'NOT_A_KAFKA_EVENT' }));
  });

  test('says what it has and what is expected', () => {
    expect(() => parseKafkaEvent({ records: [] })).toThrow(
      /^not a Kafka event: a wrong list in records, expected \{ records: .* \}; which event source invokes this function\?$/,
    );
  });
});

describe('a record', () => {
  test.each([2 ** 53, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'with the offset %d cannot be named in the answer, so the whole batch has to come again',
    (offset) => {
      expect(() => parseKafkaEvent(one({ ...good, offset }))).toThrow(
        expect.objectContaining({ code: 'UNSAFE_OFFSET' }),
      );
    },
  );

  test('may have the greatest offset that can be told exactly', () => {
    expect(() => parseKafkaEvent(one({ ...good, offset: Number.MAX_SAFE_INTEGER }))).not.toThrow();
  });

  test('under the key of another topic-partition cannot be named either', () => {
    expect(() => parseKafkaEvent(one({ ...good, partition: 1 }))).toThrow(
      'a record is of order-events-1, so that the answer could not name it, in order-events-0',
    );
    const second = { records: { 'order-events-0': [good, { ...good, topic: 'order', partition: 0 }] } };
    expect(() => parseKafkaEvent(second)).toThrow(
      expect.objectContaining({ code: 'PARTITION_KEY_MISMATCH' }),
    );
  });
});
