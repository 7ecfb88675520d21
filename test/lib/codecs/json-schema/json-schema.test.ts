import { describe, expect, test } from 'vitest';
import { confluentFraming, type FixedSchema, fixedRegistry } from '../../../../lib/codecs/index.ts';
import { ajvSchema, jsonSchema } from '../../../../lib/codecs/json-schema/json-schema.ts';
import { json } from '../../../../lib/index.ts';
import { decodeFailure, decodeNow } from '../support/decode-now.ts';
import { encoded, fixtureText } from '../support/encoded.ts';

const orderSchema = fixtureText('order.schema.json');

function codecFor(schema: Partial<FixedSchema> = {}) {
  const registry = fixedRegistry(new Map([[4, { format: 'JSON', text: orderSchema, ...schema }]]));
  return jsonSchema({ framing: confluentFraming, registry });
}

function framedJson(content: unknown): Buffer {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  return Buffer.concat([Buffer.from([0, 0, 0, 0, 4]), Buffer.from(body)]);
}

describe('JSON with a schema of the registry', () => {
  test("an order by Confluent's serializer for Python is decoded", () => {
    expect(decodeNow(codecFor(), encoded('confluent json order').bytes)).toEqual({
      orderId: 'o-1',
      lines: [{ sku: 'sku-1', quantity: 2 }],
    });
  });

  test('what does not match says where, and not what was there', () => {
    const wrong = framedJson({ orderId: 'secret', lines: [{ sku: 'secret', quantity: 0 }] });
    expect(decodeFailure(codecFor(), wrong)).toEqual({
      code: 'SCHEMA_VIOLATION',
      message: expect.stringMatching(/^does not match its schema in lines\S*0\S*quantity \(minimum\)$/),
    });
    const { message } = decodeFailure(codecFor(), framedJson({ lines: [] }));
    expect(message).toBe('does not match its schema in orderId (required)');
  });

  test('a key __proto__ is a key like any other', () => {
    const value = decodeNow(codecFor({ text: '{}' }), framedJson('{"__proto__":{"admin":true}}'));
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(value).not.toHaveProperty('admin');
  });

  test('what is not JSON, or too deep, is an error before anything walks it', () => {
    expect(decodeFailure(codecFor(), framedJson('{"orderId"')).code).toBe('INVALID_JSON');
    const nested = (depth: number) => framedJson('['.repeat(depth) + ']'.repeat(depth));
    const any = codecFor({ text: '{}' });
    expect(decodeNow(any, nested(100))).toHaveLength(1);
    expect(decodeFailure(any, nested(101)).code).toBe('LIMIT_EXCEEDED');
    expect(decodeFailure(codecFor(), nested(3_000_000)).code).toBe('LIMIT_EXCEEDED');
    expect(decodeNow(any, framedJson(['['.repeat(1000), `\\"${'{'.repeat(1000)}`]))).toHaveLength(2);
  });

  test('references are resolved by their names', () => {
    const text = '{ "type": "object", "properties": { "price": { "$ref": "money.json" } } }';
    const references = [{ name: 'money.json', text: '{ "type": "integer" }' }];
    expect(decodeNow(codecFor({ text, references }), framedJson({ price: 1 }))).toEqual({ price: 1 });
    expect(decodeFailure(codecFor({ text, references }), framedJson({ price: 'x' })).code).toBe(
      'SCHEMA_VIOLATION',
    );
    expect(decodeFailure(codecFor({ text }), framedJson({ price: 1 })).code).toBe('SCHEMA_UNUSABLE');
  });

  test('references are also what a $ref means beside the $id of the schema, as for the clients of Confluent', () => {
    const text = JSON.stringify({
      $id: 'https://shop.example.com/schemas/order.json',
      properties: { price: { $ref: 'money.json' } },
    });
    const address = 'https://shop.example.com/schemas/money.json';
    for (const [name, $id] of [
      ['money.json', undefined],
      ['money.json', address],
      [address, address],
    ] as const) {
      const references = [{ name, text: JSON.stringify({ $id, type: 'integer' }) }];
      const codec = codecFor({ text, references });
      expect(decodeNow(codec, framedJson({ price: 1 }))).toEqual({ price: 1 });
      expect(decodeFailure(codec, framedJson({ price: 'x' })).code).toBe('SCHEMA_VIOLATION');
    }
  });

  test.each([
    ['of another format', { format: 'AVRO' }],
    ['that is not JSON', { text: '{' }],
    ['of a draft that is not known', { text: '{ "$schema": "http://json-schema.org/draft-04/schema#" }' }],
    ['that is asynchronous', { text: '{ "$async": true }' }],
  ] as const)('a schema %s is unusable', (_, schema) => {
    expect(decodeFailure(codecFor(schema), framedJson({})).code).toBe('SCHEMA_UNUSABLE');
  });
});

describe('a JSON Schema of the consumer', () => {
  test.each([
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ])('of draft %s validates what json() reads', (draft) => {
    const schema = {
      $schema: draft,
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' } },
    };
    const codec = json(ajvSchema<{ id: number }>(schema));
    expect(decodeNow(codec, Buffer.from('{"id":1}')).id).toBe(1);
    expect(decodeFailure(codec, Buffer.from('{"id":"1"}')).code).toBe('SCHEMA_VIOLATION');
  });

  test('that cannot be used is refused when it is made', () => {
    expect(() => ajvSchema({ type: 'text' })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
