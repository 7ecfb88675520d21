import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AvroSchema, avro } from '../../../../lib/codecs/avro/avro.ts';
import { confluentFraming, fixedRegistry } from '../../../../lib/codecs/index.ts';
import { decodeFailure, decodeNow } from '../support/decode-now.ts';
import { encoded, encodedNames, fixtureText } from '../support/encoded.ts';

const orderSchema = fixtureText('order.avsc');
const order = {
  orderId: 'o-1',
  customer: 'Grüße 🚚',
  placedAt: Date.UTC(2026, 10, 23, 4, 5, 6, 789),
  totalCents: 199_900,
  discount: Buffer.from([0x04, 0xe2]),
  state: 'PAID',
  note: null,
  weight: 1.25,
  express: true,
  lines: [
    { sku: 'sku-1', quantity: 2 },
    { sku: 'sku-2', quantity: -1 },
  ],
  checksum: Buffer.from([1, 2, 3, 255]),
};

function arrayOf(items: AvroSchema) {
  return { type: 'array', items };
}

describe('Avro that other languages wrote', () => {
  test.each(['fastavro', 'apache'])('an order by %s is decoded', (encoder) => {
    const { bytes } = encoded(`avro order by ${encoder}`);
    const value = decodeNow(avro<typeof order & { labels: object }>({ schema: orderSchema }), bytes);
    expect({ ...value, labels: undefined, lines: value.lines.map((line) => ({ ...line })) }).toEqual(order);
    expect(Object.entries(value.labels)).toEqual([
      ['__proto__', 'harmless'],
      ['b', '2'],
    ]);
  });

  test.each(encodedNames('avro long '))('%s is the same number, or is refused as one', (name) => {
    const { bytes, value = '' } = encoded(name);
    expect(decodeNow(avro({ schema: 'long', longs: 'bigint' }), bytes)).toBe(BigInt(value));
    const asNumber = avro({ schema: 'long' });
    if (Number.isSafeInteger(Number(value))) expect(decodeNow(asNumber, bytes)).toBe(Number(value));
    else expect(decodeFailure(asNumber, bytes).message).toContain("longs: 'bigint'");
  });

  test('a schema of the registry may refer to another', () => {
    const { bytes, id = '', schema = '', reference = '' } = encoded('confluent avro with a reference');
    const references = [{ name: 'shop.Money', text: reference }];
    const registry = fixedRegistry(new Map([[id, { format: 'AVRO', text: schema, references }]]));
    expect(decodeNow(avro({ framing: confluentFraming, registry }), bytes)).toEqual({
      price: { cents: 199 },
    });
  });
});

describe('what a long becomes', () => {
  test('every long comes back as the bigint that was written', () => {
    const codec = avro({ schema: 'long', longs: 'bigint' });
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (long) => {
        expect(decodeNow(codec, zigzag(long))).toBe(long);
      }),
    );
  });

  test('every safe integer comes back as the number that was written', () => {
    const codec = avro({ schema: 'long' });
    fc.assert(
      fc.property(fc.maxSafeInteger(), (long) => {
        expect(decodeNow(codec, zigzag(BigInt(long)))).toBe(long);
      }),
    );
  });

  test('a long of more than 64 bits is malformed', () => {
    expect(decodeFailure(avro({ schema: 'long', longs: 'bigint' }), Buffer.alloc(11, 0xff)).code).toBe(
      'MALFORMED_AVRO',
    );
    expect(decodeFailure(avro({ schema: 'int' }), zigzag(2n ** 31n)).code).toBe('MALFORMED_AVRO');
  });

  function zigzag(value: bigint): Buffer {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    do {
      bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
      rest >>= 7n;
    } while (rest > 0n);
    return Buffer.from(bytes);
  }
});

describe("reading with the consumer's schema", () => {
  const writer = {
    type: 'record',
    name: 'Order',
    fields: [
      { name: 'id', type: 'int' },
      { name: 'tags', type: arrayOf('string') },
      { name: 'total', type: 'long' },
    ],
  };
  const bytes = avsc.Type.forSchema(writer as avsc.Schema).toBuffer({ id: 7, tags: ['a', 'b'], total: 5 });

  test('fields are renamed by alias, widened, left out and filled in', () => {
    const readerSchema = {
      type: 'record',
      name: 'Order',
      fields: [
        { name: 'orderId', aliases: ['id'], type: 'long' },
        { name: 'total', type: 'double' },
        { name: 'currency', type: 'string', default: 'EUR' },
      ],
    };
    const plain = decodeNow(avro<object>({ schema: writer, readerSchema }), bytes);
    expect({ ...plain }).toEqual({ orderId: 7, total: 5, currency: 'EUR' });
    const big = decodeNow(avro<object>({ schema: writer, readerSchema, longs: 'bigint' }), bytes);
    expect({ ...big }).toEqual({ orderId: 7n, total: 5, currency: 'EUR' });
  });

  test('names of records are compared without their namespaces', () => {
    const readerSchema = { type: 'record', name: 'mine.Order', fields: [{ name: 'id', type: 'int' }] };
    const plain = decodeNow(avro<object>({ schema: { ...writer, namespace: 'shop' }, readerSchema }), bytes);
    expect({ ...plain }).toEqual({ id: 7 });
  });

  test.each([
    ['a long', 'long', 5, 5n],
    ['a list of longs', arrayOf('long'), [1], [1n]],
    ['a map of longs', { type: 'map', values: 'long' }, { a: 1 }, { a: 1n }],
    ['a union with a long', ['long', 'null'], 3, 3n],
    ['a union with null', ['null', 'long'], null, null],
    ['a union of numbers', ['long', 'double'], 3, { long: 3n }],
  ])("the default of %s is a bigint too with longs: 'bigint'", (_, type, value, expected) => {
    const readerSchema = { type: 'record', name: 'Order', fields: [{ name: 'more', type, default: value }] };
    const { more } = decodeNow(
      avro<{ more: unknown }>({ schema: writer, readerSchema, longs: 'bigint' }),
      bytes,
    );
    expect(more).toEqual(expected);
  });

  test("a writer's schema that cannot be resolved to it is unusable", () => {
    const registry = fixedRegistry(new Map([[1, { format: 'AVRO', text: '"string"' }]]));
    const codec = avro({ framing: confluentFraming, registry, readerSchema: writer });
    expect(decodeFailure(codec, Buffer.from([0, 0, 0, 0, 1, 0])).code).toBe('SCHEMA_UNUSABLE');
  });
});

describe('Avro that is not what its schema describes', () => {
  const codec = avro({ schema: orderSchema });
  const { bytes } = encoded('avro order by fastavro');

  test('an order cut off anywhere is an error, never half an order', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeFailure(codec, bytes.subarray(0, length)).code).toBe('MALFORMED_AVRO');
    }
  });

  test('bytes left over are an error', () => {
    expect(decodeFailure(codec, Buffer.concat([bytes, Buffer.from([0])])).message).toMatch(/trailing data$/);
  });

  test('any bytes at all are decoded or refused, with the size and no content in the message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        try {
          decodeNow(codec, Buffer.from(content));
        } catch (error) {
          expect(error).toMatchObject({ code: 'MALFORMED_AVRO' });
          expect(String(error)).toMatch(new RegExp(`: ${content.length} bytes(, [a-z0-9 :'^]+)?$`));
        }
      }),
    );
  });
});

describe('a few bytes that ask for much', () => {
  test('a billion items without content are refused', () => {
    const bytes = Buffer.from([0x80, 0xa8, 0xd6, 0xb9, 0x07, 0]);
    expect(decodeFailure(avro({ schema: arrayOf('null') }), bytes).code).toBe('LIMIT_EXCEEDED');
    expect(decodeFailure(avro({ schema: arrayOf('string') }), bytes).code).toBe('MALFORMED_AVRO');
    expect(decodeFailure(avro({ schema: { type: 'map', values: 'int' } }), bytes).code).toBe(
      'MALFORMED_AVRO',
    );
  });

  test('a list that the reader leaves out is skipped with the same bounds', () => {
    const writer = (items: AvroSchema) => ({
      type: 'record',
      name: 'R',
      fields: [
        { name: 'list', type: arrayOf(items) },
        { name: 'id', type: 'int' },
      ],
    });
    const readerSchema = { type: 'record', name: 'R', fields: [{ name: 'id', type: 'int' }] };
    const billion = Buffer.from([0x80, 0xa8, 0xd6, 0xb9, 0x07, 0]);
    expect(decodeFailure(avro({ schema: writer('null'), readerSchema }), billion).code).toBe(
      'LIMIT_EXCEEDED',
    );
    const backwards = Buffer.from([0x01, 0x03, 0x01, 0x03]);
    expect(decodeFailure(avro({ schema: writer('string'), readerSchema }), backwards).code).toBe(
      'MALFORMED_AVRO',
    );
  });

  test('a record that refers to itself may be 100 deep and no deeper', () => {
    const schema = { type: 'record', name: 'Node', fields: [{ name: 'next', type: ['null', 'Node'] }] };
    const codec = avro({ schema });
    const nested = (depth: number) => Buffer.from([...Array(depth - 1).fill(2), 0]);
    expect(decodeNow(codec, nested(100))).toHaveProperty('next.next.next');
    expect(decodeFailure(codec, nested(101)).code).toBe('LIMIT_EXCEEDED');
    expect(decodeFailure(avro({ schema, readerSchema: schema }), nested(6_000_000)).code).toBe(
      'LIMIT_EXCEEDED',
    );
    expect(decodeNow(codec, nested(100))).toHaveProperty('next.next.next');
  });
});

describe('options', () => {
  test('a schema that is none is refused when the codec is made', () => {
    for (const schema of [
      '{',
      'strin',
      { type: 'record', name: 'R', fields: [{ name: '__proto__', type: 'int' }] },
    ]) {
      expect(() => avro({ schema })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
    expect(() => avro({ schema: 'int', readerSchema: '{' })).toThrow(/^readerSchema cannot be used/);
  });

  test('a logical type is the class that is given for it', () => {
    class Timestamp extends avsc.types.LogicalType {
      override _fromValue(value: number) {
        return new Date(value);
      }
    }
    const codec = avro({ schema: orderSchema, logicalTypes: { 'timestamp-millis': Timestamp } });
    expect(decodeNow(codec, encoded('avro order by apache').bytes)).toMatchObject({
      placedAt: new Date(order.placedAt),
    });
  });
});
