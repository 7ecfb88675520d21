import { describe, expect, test } from 'vitest';
import { parseBootstrap } from '../../../../local/source/kafka/kafka-connection.ts';

describe('broker addresses', () => {
  test('are hosts with ports, IPv6 in brackets, separated by commas', () => {
    expect(parseBootstrap('localhost:9092, b-1.shop:9098,[::1]:9092')).toEqual([
      { host: 'localhost', port: 9092 },
      { host: 'b-1.shop', port: 9098 },
      { host: '::1', port: 9092 },
    ]);
  });

  test.each([
    'localhost',
    'localhost:',
    ':9092',
    'localhost:0',
    'localhost:65536',
    'a b:9092',
    '',
    'http://a:1',
  ])('are not %j', (text) => {
    expect(() => parseBootstrap(text)).toThrow(`'${text}' is no broker address: host:port is expected`);
  });
});
