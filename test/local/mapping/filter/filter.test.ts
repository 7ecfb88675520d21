import { describe, expect, it } from 'vitest';
import { compileFilters } from '../../../../local/mapping/filter/filter.ts';

const passes = (patterns: readonly unknown[], value: unknown) => {
  const bytes =
    value === null || Buffer.isBuffer(value)
      ? value
      : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return compileFilters(patterns)?.(bytes);
};

const order = {
  kind: 'order.placed',
  total: 300,
  tags: ['new', 'vip'],
  customer: { country: 'DE', note: null, name: '' },
  paid: true,
};

describe('a JSON pattern over a JSON value', () => {
  it.each([
    [{ kind: ['order.placed', 'order.cancelled'] }, true],
    [{ kind: ['order.cancelled'] }, false],
    [{ kind: ['order.placed'], paid: [false] }, false],
    [{ customer: { country: ['DE'] } }, true],
    [{ customer: { note: [null] } }, true],
    [{ customer: { name: [''] } }, true],
    [{ customer: { name: [null] } }, false],
    [{ customer: { country: [{ 'equals-ignore-case': 'de' }] } }, true],
    [{ kind: [{ prefix: 'order.' }] }, true],
    [{ kind: [{ prefix: { 'equals-ignore-case': 'ORDER' } }] }, true],
    [{ kind: [{ suffix: '.placed' }] }, true],
    [{ kind: [{ suffix: '.cancelled' }] }, false],
    [{ kind: [{ 'anything-but': ['order.cancelled'] }] }, true],
    [{ kind: [{ 'anything-but': 'order.placed' }] }, false],
    [{ kind: [{ 'anything-but': { prefix: 'order' } }] }, false],
    [{ missing: [{ 'anything-but': ['a'] }] }, false],
    [{ total: [{ numeric: ['=', 300] }] }, true],
    [{ total: [{ numeric: ['>', 0, '<=', 299] }] }, false],
    [{ total: [300] }, true],
    [{ total: ['300'] }, false],
    [{ total: [{ exists: true }] }, true],
    [{ missing: [{ exists: false }] }, true],
    [{ customer: [{ exists: true }] }, false],
    [{ tags: ['vip'] }, true],
    [{ tags: ['old'] }, false],
    [{ $or: [{ paid: [false] }, { total: [{ numeric: ['>=', 300] }] }] }, true],
    [{ kind: ['order.placed'], $or: [{ paid: [false] }, { total: [1] }] }, false],
  ])('%j passes: %s', (pattern, expected) => {
    expect(passes([{ value: pattern }], order)).toBe(expected);
    expect(passes([JSON.stringify({ value: pattern })], order)).toBe(expected);
  });

  it('compares numbers by their written form, except in numeric', () => {
    expect(passes(['{"value":{"n":[300]}}'], '{"n":3.0e2}')).toBe(false);
    expect(passes(['{"value":{"n":[3.0e2]}}'], '{"n":3.0e2}')).toBe(true);
    expect(passes(['{"value":{"n":[{"numeric":["=",300]}]}}'], '{"n":3.0e2}')).toBe(true);
  });

  it('finds an object in a list of objects', () => {
    expect(passes([{ value: { lines: { sku: ['b'] } } }], { lines: [{ sku: 'a' }, { sku: 'b' }] })).toBe(
      true,
    );
  });
});

describe('forms of pattern and value', () => {
  it.each([
    ['plain pattern, plain value', { value: ['hello'] }, 'hello', true],
    ['plain pattern, other plain value', { value: [{ prefix: 'x' }] }, 'hello', false],
    ['plain pattern, JSON value: not applied', { value: ['hello'] }, { a: 1 }, true],
    ['JSON pattern, plain value: not applied', { value: { a: [1] } }, 'hello', true],
    ['value that is no UTF-8: not applied', { value: ['hello'] }, Buffer.from([0xff, 0xfe]), true],
    ['null value, JSON pattern', { value: { a: [1] } }, null, false],
    ['null value, exists: false', { value: { a: [{ exists: false }] } }, null, true],
    ['null value, null', { value: [null] }, null, true],
    ['null value, plain pattern', { value: ['hello'] }, null, false],
  ])('%s', (_title, pattern, value, expected) => {
    expect(passes([pattern], value)).toBe(expected);
  });

  it('lets a record pass that one of several filters matches', () => {
    expect(passes([{ value: ['a'] }, { value: ['b'] }], 'b')).toBe(true);
  });
});

describe('a pattern is refused in AWS’s words', () => {
  it.each([
    ['no JSON', '{'],
    ['a list', []],
    ['nothing', {}],
    ['another data key', { key: ['a'] }],
    ['no alternatives', { value: [] }],
    ['a value in place of a list', { value: { a: 'b' } }],
    ['an unknown operator', { value: { a: [{ like: 'b' }] } }],
    ['two operators in one object', { value: { a: [{ prefix: 'b', suffix: 'c' }] } }],
    ['numeric without a number', { value: { a: [{ numeric: ['>', 'b'] }] } }],
    ['exists with a text', { value: { a: [{ exists: 'yes' }] } }],
    ['$or with one alternative', { value: { $or: [{ a: ['b'] }] } }],
    ['a list among the alternatives', { value: { a: [['b']] } }],
    ['an empty object', { value: {} }],
  ])('for %s', (_title, pattern) => {
    expect(() => compileFilters([pattern])).toThrow(/^Invalid filter pattern definition\./);
  });
});
