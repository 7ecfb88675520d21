import { describe, expect, test } from 'vitest';
import { avro } from '../../../lib/codecs/avro/avro.ts';
import {
  confluentFraming,
  confluentRegistry,
  fixedRegistry,
  RegistryError,
  type SchemaRegistry,
  validated,
} from '../../../lib/codecs/index.ts';
import { isPromiseLike } from '../../../lib/decode/promise-like.ts';
import type { ConsumerRecord, StandardSchema } from '../../../lib/index.ts';
import { aRecord } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';
import { decodeFailure, decodeNow } from './support/decode-now.ts';
import { answering, startLoopbackRegistry } from './support/loopback-registry.ts';

/** In Confluent's framing: the schema's number, and an Avro int. */
function framedInt(value: number, schema = 1): Buffer {
  return Buffer.from([0, 0, 0, 0, schema, value << 1]);
}

function parking() {
  const parked: string[] = [];
  const park = async (record: ConsumerRecord<unknown, unknown>, error: Error) => {
    parked.push(`${record} ${'code' in error ? error.code : ''}`);
  };
  return { parked, park };
}

function registryThatFails(): SchemaRegistry {
  return {
    name: 'the registry',
    schema: () => Promise.reject(new RegistryError('SCHEMA_NOT_FOUND', 'the registry has no such schema')),
  };
}

const tenMinutes = 600_000;

describe('a handler whose records have framed keys and values', () => {
  test('gets both decoded, and asks the registry once for each schema', async () => {
    await using server = await startLoopbackRegistry(answering(200, { schema: '"int"' }));
    const codec = avro<number>({
      framing: confluentFraming,
      registry: confluentRegistry({ url: server.url }),
    });
    const seen: unknown[] = [];
    const records = [0, 1, 2].map((offset) =>
      aRecord({ offset, key: framedInt(offset, 2), value: framedInt(10 + offset) }),
    );
    const handle = ({ key, value }: ConsumerRecord<unknown, unknown>) => void seen.push([key, value]);
    expect(await runBatch(records, { key: codec, value: codec, handle })).toEqual([]);
    expect(seen).toEqual([
      [0, 10],
      [1, 11],
      [2, 12],
    ]);
    expect(server.requests.toSorted()).toEqual(['GET /schemas/ids/1', 'GET /schemas/ids/2']);
  });

  test('is never given a promise again for a schema that is known', async () => {
    await using server = await startLoopbackRegistry(answering(200, { schema: '"int"' }));
    const codec = avro({ framing: confluentFraming, registry: confluentRegistry({ url: server.url }) });
    expect(isPromiseLike(codec.decode(framedInt(1)))).toBe(true);
    await codec.decode(framedInt(1));
    expect(decodeNow(codec, framedInt(2))).toBe(2);
  });

  test('gets tombstones and records without a key as null', async () => {
    const seen: unknown[] = [];
    const codec = avro({ framing: confluentFraming, registry: registryThatFails() });
    const handle = ({ key, value }: ConsumerRecord<unknown, unknown>) => void seen.push([key, value]);
    await runBatch([aRecord({ key: null, value: null })], { key: codec, value: codec, handle });
    expect(seen).toEqual([[null, null]]);
  });
});

describe('a record whose schema the registry does not know', () => {
  const value = avro({ framing: confluentFraming, registry: registryThatFails() });

  test('comes again while it is young, and is not parked', async () => {
    const { parked, park } = parking();
    const record = aRecord({ offset: 7, value: framedInt(1), timestamp: Date.now() - tenMinutes / 2 });
    expect(await runBatch([record], { value, park })).toEqual(['order-events-0@7']);
    expect(parked).toEqual([]);
  });

  test('is parked once it is older than any lag', async () => {
    const { parked, park } = parking();
    const record = aRecord({ offset: 7, value: framedInt(1), timestamp: Date.now() - tenMinutes });
    expect(await runBatch([record], { value, park })).toEqual([]);
    expect(parked).toEqual(['order-events-0@7 SCHEMA_NOT_FOUND']);
  });

  test('comes again for ever where that is the policy, or where its age is unknown', async () => {
    const { parked, park } = parking();
    const patient = avro({
      framing: confluentFraming,
      registry: registryThatFails(),
      unknownSchemaIsPermanentAfter: Number.POSITIVE_INFINITY,
    });
    const old = aRecord({ value: framedInt(1), timestamp: 0 });
    const ageless = aRecord({ value: framedInt(1), timestamp: -1 });
    expect(await runBatch([old], { value: patient, park })).toHaveLength(1);
    expect(await runBatch([ageless], { value, park })).toHaveLength(1);
    expect(parked).toEqual([]);
  });
});

describe('a registry that is down', () => {
  test('fails records of any age, parks none, and hears of a batch once', async () => {
    await using server = await startLoopbackRegistry(answering(500, {}));
    const registry = confluentRegistry({ url: server.url, retry: { attempts: 1 } });
    const value = avro({ framing: confluentFraming, registry });
    const { parked, park } = parking();
    const records = Array.from({ length: 50 }, (_, offset) =>
      aRecord({ offset, value: framedInt(1), timestamp: 0 }),
    );
    expect(await runBatch(records, { value, park, ordering: 'none' })).toHaveLength(50);
    expect([parked.length, server.requests.length]).toEqual([0, 1]);
  });
});

test('a record that is not what its schema describes is parked with its position, and the lane moves on', async () => {
  const registry = fixedRegistry(new Map([[1, { format: 'AVRO', text: '"int"' }]]));
  const { parked, park } = parking();
  const broken = aRecord({ offset: 0, value: Buffer.from([0, 0, 0, 0, 1, 2, 2]) });
  const whole = aRecord({ offset: 1, value: framedInt(1) });
  const value = avro({ framing: confluentFraming, registry });
  expect(await runBatch([broken, whole], { value, park })).toEqual([]);
  expect(parked).toEqual(['order-events-0@0 MALFORMED_AVRO']);
});

describe('a schema of the consumer over what was decoded', () => {
  const positive: StandardSchema<number> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        Number(value) > 0 ? { value: Number(value) } : { issues: [{ message: String(value) }] },
    },
  };

  test('gives its output, or a violation', () => {
    const codec = validated(avro({ schema: 'int' }), positive);
    expect(decodeNow(codec, Buffer.from([2]))).toBe(1);
    expect(decodeFailure(codec, Buffer.from([1])).code).toBe('SCHEMA_VIOLATION');
  });

  test('waits for a codec that waits', async () => {
    await using server = await startLoopbackRegistry(answering(200, { schema: '"int"' }));
    const registry = confluentRegistry({ url: server.url });
    const codec = validated(avro({ framing: confluentFraming, registry }), positive);
    expect(await codec.decode(framedInt(1))).toBe(1);
    expect(decodeNow(codec, framedInt(2))).toBe(2);
  });
});
