import type { KafkaEvent, KafkaEventRecord } from '../../lib/index.ts';
import { aRecord, buildKafkaEvent, type Envelope } from '../../lib/testing/index.ts';
import { anOrder, recordOf } from './an-order.ts';

const bootstrapServers =
  'b-1.lanewise.example.kafka.eu-central-1.amazonaws.com:9098,b-2.lanewise.example.kafka.eu-central-1.amazonaws.com:9098';

const msk: Envelope = {
  eventSource: 'aws:kafka',
  eventSourceArn:
    'arn:aws:kafka:eu-central-1:000000000000:cluster/lanewise/9b1f3c1e-4d53-4b8a-9c35-0d7f5a6b2c11-3',
  bootstrapServers,
};

const order = (orderId: string, details: Parameters<typeof recordOf>[1] = {}) =>
  recordOf(anOrder({ orderId }), details);

/** An event of every shape, as AWS sends it, each a file of test/fixtures/events. */
export const eventFixtures: Readonly<Record<string, KafkaEvent>> = {
  tombstone: buildKafkaEvent(
    [order('o-1', { offset: 7 }), aRecord({ offset: 8, key: 'o-1', value: null })],
    msk,
  ),
  'null-fields': buildKafkaEvent(
    [aRecord({ offset: 8, key: null, value: null }), aRecord({ offset: 9, key: '', value: '' })],
    msk,
    { nullStyle: 'null', noHeadersStyle: 'null' },
  ),
  'null-key': buildKafkaEvent([order('o-1', { key: null }), order('o-2', { offset: 1, key: '' })], msk),
  headers: buildKafkaEvent(
    [
      order('o-1', {
        headers: [
          ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
          ['name', 'é'],
          ['name', 'twice'],
          ['empty', ''],
          ['bytes', Uint8Array.of(0x00, 0x7f, 0x80, 0xff)],
          // Its name is lost on the way, as in AWS.
          ['null', null],
          ['__proto__', 'a name like any other'],
        ],
      }),
    ],
    msk,
  ),
  'unsigned-headers': buildKafkaEvent(
    [order('o-1', { headers: [['name', 'é']] }), order('o-2', { offset: 1 })],
    msk,
    { headerBytes: 'unsigned', noHeadersStyle: 'omit' },
  ),
  'several-partitions': buildKafkaEvent(
    [
      order('o-1'),
      order('o-2', { partition: 1, offset: 41 }),
      // A gap: compacted, filtered, or a transaction's marker.
      order('o-3', { partition: 1, offset: 45 }),
      aRecord({
        topic: 'order-events-1',
        partition: 1,
        offset: 2,
        timestampType: 'LOG_APPEND_TIME',
        value: 'x',
      }),
    ],
    msk,
  ),
  'self-managed': buildKafkaEvent([order('o-1')], {
    eventSource: 'SelfManagedKafka',
    bootstrapServers: 'kafka-1.example:9092,kafka-2.example:9092',
  }),
  thin: buildKafkaEvent([order('o-1', { offset: 3 }), order('o-2', { offset: 5 })]),
  'schema-registry': withMetadata(buildKafkaEvent([order('o-1')], msk)),
};

/** As a mapping with a schema registry adds it: for each field that it checks. */
function withMetadata(event: KafkaEvent): KafkaEvent {
  const add = (record: KafkaEventRecord): KafkaEventRecord => ({
    ...record,
    valueSchemaMetadata: { dataFormat: 'AVRO', schemaId: '3d4a7c0e-6f0a-4c3e-9a63-0b1f6a1f2c55' },
  });
  const records = Object.entries(event.records).map(([key, list]) => [key, list.map(add)] as const);
  return { ...event, records: Object.fromEntries(records) };
}
