import { describe, expect, test } from 'vitest';
import { RecordHeaders } from '../../../lib/decode/headers.ts';

const texts = (headers: RecordHeaders) => Array.from(headers, ([name, bytes]) => [name, bytes.toString()]);

describe('headers', () => {
  test('keep several values of one name in order, and give the last one when asked for one', () => {
    const headers = new RecordHeaders([{ trace: [97] }, { other: [98] }, { trace: [99] }]);
    expect(texts(headers)).toEqual([
      ['trace', 'a'],
      ['other', 'b'],
      ['trace', 'c'],
    ]);
    expect(headers.text('trace')).toBe('c');
    expect(headers.all('trace').map(String)).toEqual(['a', 'c']);
  });

  test('are the same from signed and from unsigned bytes', () => {
    expect(new RecordHeaders([{ city: [77, -61, -68] }]).text('city')).toBe('Mü');
    expect(new RecordHeaders([{ city: [77, 195, 188] }]).text('city')).toBe('Mü');
    expect(new RecordHeaders([{ all: [-128, -1, 0, 127, 128, 255] }]).bytes('all')).toEqual(
      Buffer.from([128, 255, 0, 127, 128, 255]),
    );
  });

  test('tell an empty value from a missing one', () => {
    const headers = new RecordHeaders([{ empty: [] }]);
    expect(headers.text('empty')).toBe('');
    expect(headers.text('missing')).toBeUndefined();
  });

  test('with a null value, which arrive without their name, do not disturb the others', () => {
    const headers = new RecordHeaders([{}, { trace: [97] }, { lost: null }, null]);
    expect(texts(headers)).toEqual([['trace', 'a']]);
    expect(headers.text('lost')).toBeUndefined();
  });

  test.each([[undefined], [null], [[]], [{}], ['text']])('that are %j are none', (entries) => {
    const headers = new RecordHeaders(entries);
    expect([...headers]).toEqual([]);
    expect(headers.text('trace')).toBeUndefined();
  });

  test('may be called __proto__, constructor or toString, and change nothing', () => {
    const headers = new RecordHeaders(JSON.parse('[{"__proto__":[97]},{"constructor":[98]}]'));
    expect(texts(headers)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(headers.text('__proto__')).toBe('a');
    expect(headers.text('toString')).toBeUndefined();
    expect(({} as { readonly a?: unknown }).a).toBeUndefined();
  });
});
