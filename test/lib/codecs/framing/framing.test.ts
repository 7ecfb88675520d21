import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { avro } from '../../../../lib/codecs/avro/avro.ts';
import { glueFraming } from '../../../../lib/codecs/framing/glue-framing.ts';
import { confluentFraming, fixedRegistry, framed, mappingFraming } from '../../../../lib/codecs/index.ts';
import { protobuf } from '../../../../lib/codecs/protobuf/protobuf.ts';
import { json, type KafkaEventRecord, text } from '../../../../lib/index.ts';
import { decodeFailure, decodeNow } from '../support/decode-now.ts';
import { encoded, fixtureText } from '../support/encoded.ts';

const orderSchema = fixtureText('order.avsc');
const glueVersion = 'b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63';
const avroRegistry = fixedRegistry(
  new Map([1, glueVersion].map((id) => [id, { format: 'AVRO', text: orderSchema }] as const)),
);

function glueFramed(compression: number, body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([3, compression]),
    Buffer.from(glueVersion.replaceAll('-', ''), 'hex'),
    body,
  ]);
}

describe('a plain codec', () => {
  test.each([0, 3])('an unframed payload that begins with 0x0%i is not taken for a framing', (first) => {
    // A zigzag length of 0 or -2, or the number 0 or -2.
    const schema = { type: 'record', name: 'R', fields: [{ name: 'id', type: 'int' }] };
    expect(decodeNow(avro({ schema }), Buffer.from([first]))).toMatchObject({ id: first === 0 ? 0 : -2 });
    const blank = Buffer.concat([Buffer.from([first]), Buffer.alloc(40, 0x20)]);
    expect(decodeNow(text, blank)).toBe(blank.toString());
  });

  test('an unframed payload that begins with 0x03 is refused by a codec that expects a framing', () => {
    const unframed = Buffer.from([3, 1, 2]);
    const confluent = avro({ framing: confluentFraming, registry: avroRegistry });
    const glue = avro({ framing: glueFraming(), registry: avroRegistry });
    expect(decodeFailure(confluent, unframed).code).toBe('MALFORMED_FRAME');
    expect(decodeFailure(glue, unframed).code).toBe('MALFORMED_FRAME');
  });
});

describe("Confluent's framing", () => {
  const codec = avro({ framing: confluentFraming, registry: avroRegistry });
  const { bytes } = encoded('confluent avro order');

  test('an order by the serializer for Python is decoded', () => {
    expect(decodeNow(codec, bytes)).toMatchObject({ orderId: 'o-1', totalCents: 199_900 });
  });

  test('a header that is cut off, or of another kind, is an error', () => {
    for (let length = 0; length < 5; length++) {
      expect(decodeFailure(codec, bytes.subarray(0, length)).code).toBe('MALFORMED_FRAME');
    }
    const other = Buffer.concat([Buffer.from([1]), bytes.subarray(1)]);
    expect(decodeFailure(codec, other).message).toContain('does not begin with the magic byte 0');
  });

  test('numbers of schemas have all 32 bits', () => {
    const registry = fixedRegistry(new Map([[0xffffffff, { format: 'AVRO', text: '"int"' }]]));
    const framedInt = Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 2]);
    expect(decodeNow(avro({ framing: confluentFraming, registry }), framedInt)).toBe(1);
  });
});

describe("Glue's framing", () => {
  const codec = avro({ framing: glueFraming(), registry: avroRegistry });

  test.each(['glue avro order', 'glue avro order with zlib'])(
    '%s, by a client for Python, is decoded',
    (name) => {
      expect(decodeNow(codec, encoded(name).bytes)).toMatchObject({ orderId: 'o-1', totalCents: 199_900 });
    },
  );

  test.each(['avro price', 'avro price with zlib'])(
    "%s, by AWS's serializer for Java, is decoded",
    (name) => {
      const schema = `{ "type": "record", "name": "Price", "namespace": "shop", "fields": [
      { "name": "sku", "type": "string" }, { "name": "cents", "type": "long" }] }`;
      const registry = fixedRegistry(new Map([[glueVersion, { format: 'AVRO', text: schema }]]));
      const value = decodeNow(avro<object>({ framing: glueFraming(), registry }), encoded(name).bytes);
      expect({ ...value }).toEqual({ sku: 'sku-1', cents: -5_000_000_000_000_001 });
    },
  );

  test('records of several schemas in turn are each read with their own', () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const registry = fixedRegistry(
      new Map([
        [glueVersion, { format: 'AVRO', text: '"int"' }],
        [other, { format: 'AVRO', text: '"string"' }],
      ] as const),
    );
    const ints = glueFramed(0, Buffer.from([2]));
    const strings = Buffer.concat([
      Buffer.from([3, 0]),
      Buffer.from(other.replaceAll('-', ''), 'hex'),
      Buffer.from([2, 0x61]),
    ]);
    const mixed = avro({ framing: glueFraming(), registry });
    expect([ints, strings, ints, strings, strings].map((bytes) => decodeNow(mixed, bytes))).toEqual([
      1,
      'a',
      1,
      'a',
      'a',
    ]);
  });

  test('a zip bomb of 100 MB is refused before it is inflated', () => {
    const bomb = glueFramed(5, deflateSync(Buffer.alloc(100_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect(decodeFailure(codec, bomb).code).toBe('LIMIT_EXCEEDED');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  test('the limit is the most bytes that a body may have', () => {
    const limited = framed(glueFraming({ maxDecompressedBytes: 1000 }), text);
    expect(decodeNow(limited, glueFramed(5, deflateSync(Buffer.alloc(1000))))).toHaveLength(1000);
    expect(decodeFailure(limited, glueFramed(5, deflateSync(Buffer.alloc(1001)))).code).toBe(
      'LIMIT_EXCEEDED',
    );
    expect(() => glueFraming({ maxDecompressedBytes: 0 })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });

  test('zlib data that is broken, cut off or followed by more, and an unknown compression, are errors', () => {
    const zipped = deflateSync(Buffer.from([2]));
    const bodies = [
      Buffer.alloc(0),
      Buffer.from('no zlib'),
      zipped.subarray(0, -1),
      Buffer.concat([zipped, zipped]),
    ];
    for (const body of bodies) expect(decodeFailure(codec, glueFramed(5, body)).code).toBe('MALFORMED_FRAME');
    expect(decodeFailure(codec, glueFramed(4, zipped)).code).toBe('MALFORMED_FRAME');
  });
});

describe("the mapping's own schema registry", () => {
  const record: KafkaEventRecord = {
    topic: 'order-events',
    partition: 0,
    offset: 7,
    timestamp: 0,
    timestampType: 'CREATE_TIME',
  };

  test('SOURCE: the framing is gone, and the metadata of the field says the schema', () => {
    const codec = avro({ framing: mappingFraming, registry: avroRegistry });
    const { bytes } = encoded('avro order by apache');
    const valueSchemaMetadata = { dataFormat: 'AVRO', schemaId: '1' } as const;
    const keySchemaMetadata = { dataFormat: 'AVRO', schemaId: glueVersion.toUpperCase() } as const;
    const raw = { ...record, valueSchemaMetadata, keySchemaMetadata };
    expect(decodeNow(codec, bytes, raw, 'value')).toMatchObject({ orderId: 'o-1' });
    expect(decodeNow(codec, bytes, raw, 'key')).toMatchObject({ orderId: 'o-1' });
  });

  test.each([
    ['confluent protobuf detail', 5, '10', fixtureText('order.proto'), { text: 'late' }],
    ['protobuf shop.Stock.Zone', 18, glueVersion, fixtureText('glue/glue.proto'), { id: 'shop.Stock.Zone' }],
  ])('SOURCE: the message index of Protobuf stays, %s', (name, prefix, schemaId, schema, expected) => {
    const id = /^\d+$/.test(schemaId) ? Number(schemaId) : schemaId;
    const registry = fixedRegistry(new Map([[id, { format: 'PROTOBUF', text: schema }]]));
    const codec = protobuf({ framing: mappingFraming, registry });
    const raw = { ...record, valueSchemaMetadata: { dataFormat: 'PROTOBUF', schemaId } } as const;
    expect(decodeNow(codec, encoded(name).bytes.subarray(prefix), raw, 'value')).toMatchObject(expected);
  });

  test('JSON: the mapping has converted the value, and json() reads it', () => {
    const raw = { ...record, valueSchemaMetadata: { dataFormat: 'AVRO', schemaId: '1' } } as const;
    expect(decodeNow(json(), Buffer.from('{"orderId":"o-1"}'), raw, 'value')).toEqual({ orderId: 'o-1' });
  });

  test('a field that the mapping does not check cannot be read so, and comes again rather than be parked', () => {
    const codec = avro({ framing: mappingFraming, registry: avroRegistry });
    const raw = { ...record, valueSchemaMetadata: { dataFormat: 'AVRO', schemaId: '1' } } as const;
    expect(() => codec.decode(Buffer.from([2]), raw, 'key')).toThrow(
      expect.objectContaining({ code: 'SCHEMA_METADATA_MISSING', permanent: false }),
    );
    expect(decodeFailure(codec, Buffer.from([2])).code).toBe('INVALID_OPTION');
  });
});

test('a framing can be taken off for a codec that knows its schema by itself', () => {
  const codec = framed(confluentFraming, json());
  expect(decodeNow(codec, encoded('confluent json order').bytes)).toMatchObject({ orderId: 'o-1' });
  expect(codec.name).toBe('confluent json');
});
