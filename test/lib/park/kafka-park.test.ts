import { describe, expect, test } from 'vitest';
import { json } from '../../../lib/index.ts';
import { readParked } from '../../../lib/park/index.ts';
import { kafkaPark, type ParkedKafkaRecord } from '../../../lib/park/kafka-park.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

const settings = { topic: 'order-events-parked', group: 'billing', now: () => 0 };

async function park(details: RecordDetails, options: Partial<Parameters<typeof kafkaPark>[0]> = {}) {
  const sent: ParkedKafkaRecord[] = [];
  const send = async (record: ParkedKafkaRecord) => sent.push(record);
  const reported = await runBatch([aRecord(details)], {
    value: json(),
    park: kafkaPark({ ...settings, send, ...options }),
  });
  return { reported, sent };
}

describe('a record that is parked in a topic', () => {
  test('is a document under a key that names the record, with what a filter needs as headers', async () => {
    const { reported, sent } = await park({ partition: 2, offset: 1042, key: 'o-1', value: '{"broken' });
    expect(reported).toEqual([]);
    expect(sent.map(({ topic, key }) => [topic, String(key)])).toEqual([
      ['order-events-parked', 'billing/order-events-2@1042'],
    ]);
    expect(sent[0]?.headers.map(([name, value]) => [name, String(value)])).toEqual([
      ['group', 'billing'],
      ['topic', 'order-events'],
      ['partition', '2'],
      ['offset', '1042'],
      ['code', 'INVALID_JSON'],
    ]);
    expect(readParked(String(sent[0]?.value))).toMatchObject({ offset: 1042, key: 'by0x' });
  });

  test('fails when the producer does, and comes again', async () => {
    const send = () => Promise.reject(new Error('not enough replicas'));
    expect((await park({ value: 'x' }, { send })).reported).toEqual(['order-events-0@0']);
  });

  test('fails when it is larger than the topic takes, or goes by reference where there is a store', async () => {
    const large = { value: 'x'.repeat(2_000) };
    expect(await park(large, { maxMessageBytes: 2_500 })).toEqual({
      reported: ['order-events-0@0'],
      sent: [],
    });
    const overflow = async () => ({ kind: 's3', bucket: 'b', key: 'k' }) as const;
    const { reported, sent } = await park(large, { maxMessageBytes: 2_500, overflow });
    expect(reported).toEqual([]);
    expect(readParked(String(sent[0]?.value))).toMatchObject({ stored: { bucket: 'b', key: 'k' } });
  });

  test('fails when the store for large ones does: nothing refers to what is not there', async () => {
    const overflow = () => Promise.reject(new Error('no such bucket'));
    const { reported, sent } = await park({ value: 'x'.repeat(2_000) }, { maxMessageBytes: 2_500, overflow });
    expect(reported).toEqual(['order-events-0@0']);
    expect(sent).toEqual([]);
  });
});

test('a topic that is missing is found when the function is initialized', () => {
  const send = async () => undefined;
  expect(() => kafkaPark({ ...settings, topic: undefined, send })).toThrow(
    'the option topic of kafkaPark is missing, expected a text',
  );
});
