import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { glueFraming } from '../../../../lib/codecs/framing/glue-framing.ts';
import { confluentFraming, type FixedSchema, fixedRegistry } from '../../../../lib/codecs/index.ts';
import { type FramedProtobufOptions, protobuf } from '../../../../lib/codecs/protobuf/protobuf.ts';
import { decodeFailure, decodeNow } from '../support/decode-now.ts';
import { encoded, encodedNames, fixtureText } from '../support/encoded.ts';

const schema = fixtureText('order.proto');
const orders = protobuf<Record<string, unknown>>({ schema, message: 'shop.OrderPlaced' });

const order = {
  orderId: 'o-1',
  customer: 'Grüße 🚚',
  placedAt: { seconds: BigInt(Date.UTC(2026, 10, 23, 4, 5, 6) / 1000), nanos: 789_000_000 },
  lines: [
    { sku: 'sku-1', quantity: 2 },
    { sku: 'sku-2', quantity: -1 },
  ],
  state: 1,
  card: 'visa',
  totalCents: -9007199254740993n,
  ticket: 18446744073709551615n,
  correction: -9223372036854775808n,
  history: [0n, 1n, -1n, 9223372036854775807n],
  weight: 1.25,
  express: true,
  signature: Buffer.from([0, 255]),
  stock: { 'sku-1': 0n, 'sku-2': -5n },
};

/** The codec for framed records whose registry has one schema under the id of a fixture. */
function framedWith(
  name: string,
  found: Partial<FixedSchema> = {},
  options: Partial<FramedProtobufOptions> = {},
) {
  const { id = '' } = encoded(name);
  const registry = fixedRegistry(new Map([[id, { format: 'PROTOBUF', text: schema, ...found }]]));
  return protobuf({ framing: confluentFraming, registry, ...options });
}

describe('Protobuf that other languages wrote', () => {
  test('an order by protoc for Python is decoded', () => {
    const value = decodeNow(orders, encoded('protobuf order').bytes);
    expect(plain({ ...value, labels: null })).toEqual({ ...order, labels: null });
    expect(Object.entries(value.labels as object).toSorted()).toEqual([
      ['__proto__', 'harmless'],
      ['b', '2'],
    ]);
    expect(value.payment).toBe('card');
  });

  test('an order without a byte has its defaults as its own, and nothing where presence counts', () => {
    const value = decodeNow(orders, encoded('protobuf empty order').bytes);
    expect({ ...value }).toEqual({
      orderId: '',
      customer: '',
      lines: [],
      labels: {},
      state: 0,
      totalCents: 0n,
      ticket: 0n,
      correction: 0n,
      history: [],
      weight: 0,
      express: false,
      signature: Buffer.alloc(0),
      stock: {},
    });
    expect([value.note, value.placedAt, value.card, value.payment]).toEqual(Array(4).fill(undefined));
  });

  test('64-bit numbers are numbers where that is asked for, as long as they are exact', () => {
    const numbers = protobuf({ schema, message: 'shop.OrderPlaced', longs: 'number' });
    expect(decodeNow(numbers, Buffer.from([0x50, 0xac, 0x02]))).toMatchObject({ totalCents: 300, ticket: 0 });
    expect(decodeNow(numbers, Buffer.from([0x60, 0x03]))).toMatchObject({ correction: -2 });
    expect(decodeFailure(numbers, encoded('protobuf order').bytes).message).toContain("longs: 'bigint'");
    expect(JSON.parse(JSON.stringify(decodeNow(numbers, Buffer.from([0x50, 1]))))).toMatchObject({
      totalCents: 1,
    });
  });

  test('an entry of a map that comes without its value has a zero like any other', () => {
    const entry = Buffer.from([0x8a, 0x01, 0x03, 0x0a, 0x01, 0x61]);
    expect(decodeNow(orders, entry)).toMatchObject({ stock: { a: 0n } });
  });
});

describe('the message that a record of Confluent names', () => {
  test.each([
    ['order', { orderId: 'o-1', card: 'visa' }],
    ['line', { sku: 'sku-1', quantity: 7 }],
    ['cancelled', { orderId: 'o-2' }],
    ['reason', { code: 4 }],
    ['audit', { by: 'ann' }],
    ['detail', { text: 'late' }],
  ])('message index ≥ 1 and nested messages: %s is decoded as what it is', (name, expected) => {
    const fixture = `confluent protobuf ${name}`;
    expect(decodeNow(framedWith(fixture), encoded(fixture).bytes)).toMatchObject(expected);
  });

  test('an index that its schema does not have is an error', () => {
    const { bytes } = encoded('confluent protobuf detail');
    const text = 'syntax = "proto3"; message One {}';
    expect(decodeFailure(framedWith('confluent protobuf detail', { text }), bytes)).toEqual({
      code: 'SCHEMA_UNUSABLE',
      message:
        'has a message index that does not fit its schema: its file has 1 messages, and none at index 2',
    });
  });

  test('an index that clients count in two ways is refused, unless the consumer names the message', () => {
    const text = `syntax = "proto3"; package shop;
      message A {} message B {}
      message C { map<string, string> m = 1; message D { string by = 1; } message E { string by = 1; } }`;
    const { bytes } = encoded('confluent protobuf audit');
    expect(decodeFailure(framedWith('confluent protobuf audit', { text }), bytes).message).toContain(
      'shop.C has map fields',
    );
    const named = framedWith('confluent protobuf audit', { text }, { message: 'shop.C.E' });
    expect(decodeNow(named, bytes)).toMatchObject({ by: 'ann' });
  });

  test('a message index that is cut off, negative or too deep is an error', () => {
    const codec = framedWith('confluent protobuf order');
    const header = encoded('confluent protobuf order').bytes.subarray(0, 5);
    for (const index of [
      [],
      [0x02],
      [0x01],
      [0x04, 0x00],
      [0x02, 0x01],
      [0xff, 0xff],
      [0x80, 0x80, 0x80, 0x80, 0x80],
    ]) {
      const { code } = decodeFailure(codec, Buffer.concat([header, Buffer.from(index)]));
      expect([index, code]).toEqual([index, 'MALFORMED_FRAME']);
    }
  });

  test("the consumer's own schema reads newer records, past their framing", () => {
    const older = 'syntax = "proto3"; package shop; message OrderPlaced { string order_id = 1; }';
    const codec = protobuf({ schema: older, message: 'shop.OrderPlaced', framing: confluentFraming });
    expect({ ...(decodeNow(codec, encoded('confluent protobuf order').bytes) as object) }).toEqual({
      orderId: 'o-1',
    });
  });
});

describe('the message that a record of Glue names', () => {
  test.each(encodedNames('protobuf shop.'))('%s, as AWS wrote it, is decoded as what it is', (name) => {
    const text = fixtureText('glue/glue.proto');
    const registry = fixedRegistry(
      new Map([['11111111-2222-4333-8444-555555555555', { format: 'PROTOBUF', text }]]),
    );
    const codec = protobuf<{ id: string }>({ framing: glueFraming(), registry });
    const value = decodeNow(codec, encoded(name).bytes);
    expect(`protobuf ${value.id}`).toBe(name);
    expect(value.constructor).toHaveProperty('$type.fullName', `.${value.id}`);
  });
});

describe('schemas that build on others', () => {
  const text =
    'syntax = "proto3"; import "money.proto"; import "acl.proto"; message P { shop.Money price = 1; }';
  const money = {
    name: 'money.proto',
    text: 'syntax = "proto3"; package shop; message Money { int32 cents = 1; }',
  };
  const bytes = Buffer.concat([
    encoded('confluent protobuf order').bytes.subarray(0, 5),
    Buffer.from([0, 0x0a, 2, 8, 9]),
  ]);

  test('imports come from the references of the registry or from the consumer', () => {
    const byRegistry = framedWith('confluent protobuf order', { text, references: [money] });
    const byConsumer = framedWith('confluent protobuf order', { text }, { imports: [money] });
    expect(plain(decodeNow(byRegistry, bytes))).toEqual({ price: { cents: 9 } });
    expect(plain(decodeNow(byConsumer, bytes))).toEqual({ price: { cents: 9 } });
  });

  test('a type that nobody gives makes the schema unusable', () => {
    const { code, message } = decodeFailure(framedWith('confluent protobuf order', { text }), bytes);
    expect([code, message]).toEqual(['SCHEMA_UNUSABLE', expect.stringContaining('shop.Money')]);
  });
});

describe('Protobuf that is not what its schema describes', () => {
  test('a record inside a record is read 100 deep and no deeper', () => {
    const codec = protobuf({
      schema: 'syntax = "proto3"; message N { N next = 1; int32 id = 2; }',
      message: 'N',
    });
    const nested = (depth: number): Buffer => {
      let bytes = Buffer.from([0x10, 7]);
      for (let level = 0; level < depth; level++)
        bytes = Buffer.concat([Buffer.from([0x0a, ...lengthOf(bytes)]), bytes]);
      return bytes;
    };
    expect(decodeNow(codec, nested(99))).toHaveProperty('next.next.next');
    expect(decodeFailure(codec, nested(150)).code).toBe('LIMIT_EXCEEDED');
    const groups = Buffer.alloc(6_000_000, 0x1b);
    expect(decodeFailure(codec, groups).code).toBe('LIMIT_EXCEEDED');
  });

  test('any bytes at all are decoded or refused, with the size and no content in the message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        try {
          decodeNow(orders, Buffer.from(content));
        } catch (error) {
          expect(error).toMatchObject({
            code: expect.stringMatching(/^(MALFORMED_PROTOBUF|LIMIT_EXCEEDED)$/),
          });
          expect(String(error)).toContain('shop.OrderPlaced');
        }
      }),
    );
  });

  function lengthOf(bytes: Buffer): readonly number[] {
    return bytes.length < 0x80 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
  }
});

describe('options', () => {
  test('a schema that is none, or without the message, is refused when the codec is made', () => {
    for (const text of ['message', 'syntax = "proto3"; message P { __proto__ __proto__ = 1; }', schema]) {
      expect(() => protobuf({ schema: text, message: 'P' })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION' }),
      );
    }
  });
});

/** Without the classes of messages and what they inherit. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
