import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ConsumerRecord, json, type Observer, type RecordFailure, text } from '../../../lib/index.ts';
import { aRecord, type RecordDetails } from '../../../lib/testing/index.ts';
import { runBatch } from '../../support/run-batch.ts';

type Options = Parameters<typeof runBatch>[1];

/** What `handle` got, and what the observer was told of the failure. */
async function decoded(details: RecordDetails, options: Options) {
  const failures: RecordFailure[] = [];
  const records: ConsumerRecord<unknown, unknown>[] = [];
  const observer: Observer = { recordFailed: (failure) => void failures.push(failure) };
  await runBatch([aRecord(details)], { ...options, observer, handle: (record) => void records.push(record) });
  return { record: records[0], failure: failures[0] };
}

describe('json', () => {
  test.each([[{ n: 1 }], [[1, 'ä']], [0], [false], ['']])('gives %j as it was written', async (value) => {
    const { record } = await decoded({ value: JSON.stringify(value) }, { value: json() });
    expect(record?.value).toEqual(value);
  });

  test('refuses an empty value, which is no JSON, and says where it is', async () => {
    const { failure } = await decoded({ value: '' }, { value: json() });
    expect(failure).toMatchObject({
      code: 'INVALID_JSON',
      message: 'value is not JSON of 0 bytes at order-events-0@0',
    });
  });

  test('says which field it was, and from which character on', async () => {
    const { failure } = await decoded({ key: '{"n":1]' }, { key: json() });
    expect(failure?.message).toBe('key is not JSON, from character 6 of 7 bytes at order-events-0@0');
  });

  test('takes a property called __proto__ for a property like any other', async () => {
    const { record } = await decoded({ value: '{"__proto__":{"admin":true}}' }, { value: json() });
    expect(Object.keys(record?.value as object)).toEqual(['__proto__']);
    expect(({} as { readonly admin?: unknown }).admin).toBeUndefined();
  });

  test.each([
    ['a byte of Latin-1', [0xe9]],
    ['a character that is cut off, which is as long as its replacement', [0xf0, 0x9f, 0x98]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a character in more bytes than it needs', [0xc0, 0xaf]],
  ])('refuses text that is not UTF-8, instead of handing over a mark for %s', async (_, invalid) => {
    const value = Buffer.from([...Buffer.from('{"name":"'), ...invalid, ...Buffer.from('"}')]);
    const { record, failure } = await decoded({ value }, { value: json() });
    expect(record).toBeUndefined();
    expect(failure).toMatchObject({
      code: 'INVALID_JSON',
      message: `value is not JSON of ${value.length} bytes at order-events-0@0`,
    });
  });

  test('takes the replacement character itself where it was written', async () => {
    const { record } = await decoded({ value: '{"name":"\ufffd 日本"}' }, { value: json() });
    expect(record?.value).toEqual({ name: '\ufffd 日本' });
  });
});

describe('json with a schema', () => {
  const schema = z.object({ lines: z.array(z.object({ quantity: z.number().int() })), at: z.coerce.date() });

  test('gives what the schema makes of the value', async () => {
    const value = { lines: [{ quantity: 1, extra: true }], at: '2026-11-23T10:00:00Z' };
    const { record } = await decoded({ value }, { value: json(schema) });
    expect(record?.value).toEqual({ lines: [{ quantity: 1 }], at: new Date('2026-11-23T10:00:00Z') });
  });

  test('names the fields that do not match, and none of their content', async () => {
    const value = { lines: [{ quantity: 1 }, { quantity: 'many' }], at: 'soon' };
    const { failure } = await decoded({ value }, { value: json(schema) });
    expect(failure).toMatchObject({
      code: 'SCHEMA_VIOLATION',
      permanent: true,
      message:
        'value does not match its schema in lines.1.quantity (invalid_type), at (invalid_type) at order-events-0@0',
    });
  });

  test('names five fields of many, and a value that is wrong as a whole', async () => {
    const many = z.object(
      Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, z.string()])),
    );
    const { failure } = await decoded({ value: {} }, { value: json(many) });
    expect(failure?.message).toMatch(/in a \(.*e \(invalid_type\) and 2 more at order-events-0@0$/);
    const whole = await decoded({ value: '[]' }, { value: json(many) });
    expect(whole.failure?.message).toContain('in the whole (invalid_type)');
  });

  test('waits for an asynchronous schema', async () => {
    const later = z.string().refine(async (value) => value === 'yes');
    expect((await decoded({ value: '"yes"' }, { value: json(later) })).record?.value).toBe('yes');
    expect((await decoded({ value: '"no"' }, { value: json(later) })).failure?.code).toBe('SCHEMA_VIOLATION');
  });
});

test('a schema that is none is found when the function is initialized', () => {
  for (const schema of [null, {}, 'order', { '~standard': {} }, { parse: () => {} }]) {
    expect(() => json(schema as never)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        message: expect.stringMatching(/^the option schema is \w+, expected a Standard Schema$/),
      }),
    );
  }
});

describe('text and bytes', () => {
  test('text replaces what is not UTF-8 instead of failing', async () => {
    const { record } = await decoded({ value: Buffer.from([0x61, 0xff]) }, { value: text });
    expect(record?.value).toBe('a\ufffd');
  });

  test('bytes that begin like the frame of a schema registry are left as they are', async () => {
    for (const first of [0x00, 0x03]) {
      const content = Buffer.concat([Buffer.from([first]), Buffer.from('plain')]);
      expect((await decoded({ value: content }, {})).record?.value).toEqual(content);
      expect((await decoded({ value: content }, { value: text })).record?.value).toBe(content.toString());
    }
  });

  test('the key is text unless another codec is named', async () => {
    expect((await decoded({ key: 'o-1001' }, {})).record?.key).toBe('o-1001');
  });
});

describe('a codec of your own', () => {
  test('that throws fails its record with the class of the error alone', async () => {
    const decode = () => {
      throw new RangeError('quotes the content');
    };
    const { failure } = await decoded({}, { value: { name: 'mine', decode } });
    expect(failure).toMatchObject({
      code: 'CODEC_FAILED',
      message: "value made the codec 'mine' throw RangeError at order-events-0@0",
    });
  });

  test('may be asynchronous, for key and value', async () => {
    const later = { name: 'later', decode: async (content: Buffer) => content.toString().toUpperCase() };
    const { record } = await decoded({ key: 'k', value: 'v' }, { key: later, value: later });
    expect([record?.key, record?.value]).toEqual(['K', 'V']);
  });

  test('may say that a failure passes, such as a registry that is away: then nothing is parked', async () => {
    const parked: unknown[] = [];
    const decode = async () => {
      throw Object.assign(new Error('registry away'), { permanent: false });
    };
    const { failure } = await decoded(
      {},
      { value: { name: 'registry', decode }, park: (record) => void parked.push(record) },
    );
    expect(failure).toMatchObject({ code: 'HANDLE_FAILED', permanent: false });
    expect(parked).toEqual([]);
  });

  test('may give a promise of a library of its own, whose then returns nothing', async () => {
    class Later {
      readonly content: Buffer;
      constructor(content: Buffer) {
        this.content = content;
      }
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then(resolve: (given: string) => void) {
        setImmediate(resolve, this.content.toString());
      }
    }
    const codec = {
      name: 'later',
      decode: (content: Buffer) => new Later(content) as unknown as Promise<string>,
    };
    const { record } = await decoded({ key: 'k', value: 'v' }, { key: codec, value: codec });
    expect([record?.key, record?.value]).toEqual(['k', 'v']);
  });

  test('that rejects for the key does so before the value is looked at, and nothing is left unhandled', async () => {
    const rejects = { name: 'later', decode: () => Promise.reject(new Error('no')) };
    const { failure } = await decoded({ key: 'k', value: '{"broken' }, { key: rejects, value: json() });
    expect(failure?.message).toBe("key made the codec 'later' throw Error at order-events-0@0");
  });
});
