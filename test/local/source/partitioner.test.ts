import { describe, expect, test } from 'vitest';
import { murmur2, partitionOfKey } from '../../../local/source/partitioner.ts';

describe('the default partitioner', () => {
  // The vectors of Kafka's own UtilsTest.testMurmur2; test/kafka holds random keys against the Java class.
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Kafka does', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  test('puts a negative hash into a partition that exists', () => {
    expect(partitionOfKey(Buffer.from('21'), 3)).toBe((-973932308 & 0x7fffffff) % 3);
  });

  test('takes a key of bytes that are no UTF-8', () => {
    expect(partitionOfKey(Buffer.from([0xff, 0xfe, 0x80]), 3)).toBeLessThan(3);
  });
});
