import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { LocalError } from '../../../local/local-error.ts';
import { parseOrders, readOrders } from '../../../local/shop/orders-file.ts';
import { anOrder } from '../../support/an-order.ts';

const parse = (...lines: readonly string[]) => parseOrders(Buffer.from(lines.join('\n')), 'orders.jsonl');
const envelope = (fields: object) =>
  JSON.stringify({
    topic: 'order-events',
    partition: 2,
    offset: 41,
    tstype: 'create',
    ts: 1_795_410_000_000,
    broker: 1,
    key: 'o-7',
    payload: '{}',
    ...fields,
  });

describe('an order event', () => {
  test('is produced as it stands, keyed by its order', () => {
    const line = JSON.stringify(anOrder({ orderId: '注文-1' }));
    expect(parse(line)).toEqual([
      { key: Buffer.from('注文-1'), value: Buffer.from(line), place: 'orders.jsonl, line 1' },
    ]);
  });

  test('that is no valid order is produced all the same: to park it is for the consumers', () => {
    expect(parse('{"kind":"order.shipped"}', '42', '[]')).toMatchObject([
      { key: null, value: Buffer.from('{"kind":"order.shipped"}') },
      { key: null, value: Buffer.from('42') },
      { key: null, value: Buffer.from('[]') },
    ]);
  });

  test('may stand between empty lines, after a byte order mark, before a carriage return', () => {
    expect(parse('\ufeff{"orderId":"o-1"}\r', '', '  ', '{"orderId":"o-2"}', '')).toMatchObject([
      { value: Buffer.from('{"orderId":"o-1"}') },
      { value: Buffer.from('{"orderId":"o-2"}') },
    ]);
  });
});

describe('an envelope of kcat', () => {
  test('gives key, payload, partition, timestamp and headers', () => {
    const [record] = parse(
      envelope({ payload: '{"a":1}', headers: ['trace', 'x', 'trace', 'y', 'empty', null] }),
    );
    expect(record).toEqual({
      place: 'orders.jsonl, line 1',
      key: Buffer.from('o-7'),
      value: Buffer.from('{"a":1}'),
      partition: 2,
      timestamp: 1_795_410_000_000,
      headers: [
        ['trace', Buffer.from('x')],
        ['trace', Buffer.from('y')],
        ['empty', null],
      ],
    });
  });

  test('of a record without a time is written as of now', () => {
    expect(parse(envelope({ ts: -1 }))[0]).not.toHaveProperty('timestamp');
    expect(parse(envelope({ ts: 0 }))[0]?.timestamp).toBe(0);
  });

  test('without a payload is a tombstone', () => {
    expect(parse(envelope({ payload: null }))[0]?.value).toBeNull();
  });

  test('that says nothing of a key takes the order id of its payload', () => {
    const payload = JSON.stringify(anOrder({ orderId: 'o-9' }));
    expect(parse(envelope({ key: undefined, payload }))[0]?.key).toEqual(Buffer.from('o-9'));
  });

  test('of a record without a key gives a record without a key', () => {
    const payload = JSON.stringify(anOrder({ orderId: 'o-9' }));
    expect(parse(envelope({ key: null, payload }))[0]?.key).toBeNull();
    expect(parse(envelope({ key: '', payload }))[0]?.key).toEqual(Buffer.alloc(0));
  });

  test('whose payload is not JSON is produced as it stands', () => {
    expect(parse(envelope({ payload: 'not JSON' }))[0]?.value).toEqual(Buffer.from('not JSON'));
  });

  test('may have a payload that kcat has decoded', () => {
    expect(parse(envelope({ payload: { a: 1 } }))[0]?.value).toEqual(Buffer.from('{"a":1}'));
  });

  test.each([
    [{ partition: -1 }, /orders\.jsonl, line 1: not an envelope of kcat -J, look at partition/],
    [{ ts: 'now' }, /look at ts/],
    [{ headers: ['alone'] }, /line 1: 1 headers/],
    [{ headers: [null, 'x'] }, /header 1 has no name/],
  ])('with %o is refused', (fields, words) => {
    expect(() => parse(envelope(fields))).toThrow(words);
  });
});

describe('a file that cannot be read', () => {
  test('is an error that names the line and quotes nothing of it', () => {
    const attempt = () => parse('{"orderId":"o-1"}', '', 'secret-of-ada');
    expect(attempt).toThrow(LocalError);
    expect(attempt).toThrow(/^orders\.jsonl, line 3: not JSON/);
    expect(attempt).not.toThrow(/secret/);
  });

  test('is told when it is one list of orders, with how to make lines of it', () => {
    expect(() => parse('', '[{"orderId":"o-1"},{"orderId":"o-2"}]')).toThrow(
      "orders.jsonl, line 2: a list of 2; each line is the JSON of an order event or of a kcat -J envelope (jq -c '.[]' FILE makes them)",
    );
  });

  test('with bytes that are no text is an error that names the line', () => {
    const bytes = Buffer.concat([Buffer.from('{}\n"'), Buffer.from([0xc3, 0x28]), Buffer.from('"')]);
    expect(() => parseOrders(bytes, 'orders.jsonl')).toThrow(/^orders\.jsonl, line 2: not UTF-8/);
  });

  test('is named when it is missing', async () => {
    await expect(readOrders('/nowhere/orders.jsonl')).rejects.toThrow(LocalError);
    await expect(readOrders('/nowhere/orders.jsonl')).rejects.toThrow(/\/nowhere\/orders\.jsonl.*ENOENT/);
  });
});

test('reads a file', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'orders-')), 'orders.jsonl');
  writeFileSync(file, '{"orderId":"o-1"}\n{"orderId":"o-2"}\n');
  expect(await readOrders(file)).toHaveLength(2);
});

test('reads standard input', async () => {
  const stdin = Readable.from([Buffer.from('{"orderId":"o'), Buffer.from('-1"}\n{"orderId":"o-2"}')]);
  expect((await readOrders('-', stdin)).map((record) => String(record.key))).toEqual(['o-1', 'o-2']);
});

test('names standard input in an error', async () => {
  await expect(readOrders('-', Readable.from([Buffer.from('{')]))).rejects.toThrow(/^standard input, line 1/);
});
