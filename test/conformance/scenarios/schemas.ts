import { ABSENT, SAME_CORE, type Scenario } from '../scenario.ts';

const TO_QUEUE = {
  kind: 'sqs',
  queueUrl: 'http://localhost/given-up',
  arn: 'arn:aws:sqs:eu-central-1:000011112222:given-up',
} as const;

/** C19: what becomes of a record by what the schema registry says of it; the outcomes are put in. */
export const SCHEMAS: readonly Scenario[] = [
  {
    id: 'C19.converted',
    title: 'an accepted value is replaced by its JSON, with the schema beside it; an unchecked key has none',
    rules: ['R143', 'R145', 'R146', 'R147', 'R32'],
    topic: [1],
    schema: { '0@0': { value: '{"a":1}', schemaId: '7' } },
    expect: {
      sent: [
        {
          value: 'eyJhIjoxfQ==',
          key: 'azA=',
          valueSchemaMetadata: { dataFormat: 'JSON', schemaId: '7' },
          keySchemaMetadata: ABSENT,
        },
      ],
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C19.converted-key',
    title: 'a key that is checked is replaced too, with its schema beside it; an unchecked value has none',
    rules: ['R143', 'R145', 'R146', 'R147'],
    topic: [1],
    schema: { '0@0': { key: '{"k":1}', schemaId: '9' } },
    expect: {
      sent: [
        {
          key: 'eyJrIjoxfQ==',
          value: 'eyJuIjowfQ==',
          keySchemaMetadata: { dataFormat: 'JSON', schemaId: '9' },
          valueSchemaMetadata: ABSENT,
        },
      ],
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C19.filter-after',
    title: 'the filter sees what the schema step made of the value',
    rules: ['R138', 'R32', 'R143'],
    topic: [2],
    config: { filters: [{ value: { a: [1] } }] },
    schema: { '0@0': { value: '{"a":1}', schemaId: '7' }, '0@1': { value: '{"a":2}', schemaId: '7' } },
    expect: { deliveries: ['first 0: 0'], counters: { FilteredOutEventCount: 1 } },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C19.refused',
    title:
      'a record of an unknown schema, and one that cannot be decoded, go to the destination unseen by the function',
    rules: ['R144', 'R131'],
    topic: [4],
    config: { destination: TO_QUEUE },
    schema: { '0@1': 'SCHEMA_NOT_FOUND', '0@2': 'DESERIALIZATION_ERROR' },
    expect: {
      deliveries: ['first 0: 0 3'],
      discards: [
        { records: '0: 1', condition: 'SCHEMA_NOT_FOUND', functionError: 'none' },
        { records: '0: 2', condition: 'DESERIALIZATION_ERROR', functionError: 'none' },
      ],
      counters: { SchemaRegistryErrorCount: 2 },
    },
  },
  {
    id: 'C19.refused-dropped',
    title: 'without a destination a refused record is dropped',
    rules: ['R144'],
    topic: [2],
    schema: { '0@0': 'SCHEMA_NOT_FOUND' },
    expect: {
      deliveries: ['first 0: 1'],
      dropped: [{ records: '0: 0' }],
      counters: { DroppedEventCount: 1 },
    },
    notOnKafka: SAME_CORE,
  },
  {
    id: 'C19.unavailable',
    title: 'while the registry is down the partition waits, and nothing is lost',
    rules: ['R149', 'R59'],
    topic: [3],
    schema: { '0@1': 'unavailable-once' },
    expect: { commits: { 0: [1, 3] }, counters: { SchemaRegistryErrorCount: 1, InvokedEventCount: 3 } },
    notOnKafka: SAME_CORE,
  },
];
