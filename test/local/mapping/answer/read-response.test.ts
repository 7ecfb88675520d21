import { describe, expect, it } from 'vitest';
import { type ResponseKnobs, readResponse } from '../../../../local/mapping/answer/read-response.ts';
import { DEFAULT_KNOBS } from '../../../../local/mapping/knobs.ts';

const SENT = new Map([
  ['shop-orders-0', new Set([10, 11])],
  ['shop-orders-1', new Set([3])],
]);

function read(body: unknown, knobs: Partial<ResponseKnobs> = {}) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  return readResponse(payload, () => SENT, { ...DEFAULT_KNOBS, ...knobs });
}

const failures = (...identifiers: readonly unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});
const good = { partition: 'shop-orders-0', offset: 10 };

function failedOf(body: unknown, knobs: Partial<ResponseKnobs> = {}) {
  const { verdict } = read(body, knobs);
  return verdict.kind === 'partial'
    ? [...verdict.failed].map(([key, offsets]) => [key, [...offsets]])
    : verdict.kind;
}

describe('an answer', () => {
  it.each([
    ['R70', 'null'],
    ['R70', ''],
    ['R71', '{}'],
    ['R72', '{"batchItemFailures":[]}'],
    ['R72', '{"batchItemFailures":null}'],
    ['R73', '""'],
    ['R73', '[]'],
  ])('%s: %s is success without a word', (_rule, payload) => {
    expect(read(payload)).toEqual({ verdict: { kind: 'success' }, diagnostics: [] });
  });

  it('R74, R81, R82: names the failed records, each once, in any order and with other fields', () => {
    const body = { note: 1, ...failures({ partition: 'shop-orders-1', offset: 3, extra: true }, good, good) };
    expect(failedOf(body)).toEqual([
      ['shop-orders-1', [3]],
      ['shop-orders-0', [10]],
    ]);
  });

  it.each([
    ['R75', failures({ partition: 'shop-orders-0', offset: 12 })],
    ['R75', failures({ partition: 'shop-orders-2', offset: 10 })],
    ['R75', failures({ partition: 'shop-orders-0', offset: 10.5 })],
    ['R75', failures(good, { partition: 'shop-orders-1', offset: 10 })],
    ['R77', failures(null)],
    ['R77', failures('')],
    ['R77', failures({})],
    ['R77', failures({ topic: 'shop-orders', offset: 10 })],
    ['R77', failures({ partition: 'shop-orders-0' })],
    ['R77', { batchItemFailures: [{}] }],
    ['R77', { batchItemFailures: [null] }],
    ['R78', failures('shop-orders-0-10')],
    ['R79', failures({ partition: 'shop-orders-0', offset: '10' })],
    ['R80', failures({ 'topic-partition': 'shop-orders-0', offset: 10 })],
    ['R83', 7],
    ['R83', true],
    ['R83', '"done"'],
    ['R83', [1]],
    ['R83', { batchItemFailures: 'none' }],
    ['R83', { batchItemFailures: {} }],
  ])('%s: %j repeats the whole batch, and says why', (rule, body) => {
    const { verdict, diagnostics } = read(body);
    expect(verdict).toEqual({ kind: 'invalid-response' });
    expect(diagnostics).toMatchObject([
      { rule, text: expect.stringContaining('the whole batch comes again') },
    ]);
  });

  it.each([
    [{ stringIdentifier: 'accept' } as const, failures('shop-orders-0-10')],
    [{ stringOffset: 'accept' } as const, failures({ partition: 'shop-orders-0', offset: '10' })],
    [{ legacyKey: 'accept' } as const, failures({ 'topic-partition': 'shop-orders-0', offset: 10 })],
  ])('is understood with the knob %j, with a warning', (knobs, body) => {
    expect(failedOf(body, knobs)).toEqual([['shop-orders-0', [10]]]);
    expect(read(body, knobs).diagnostics).toHaveLength(1);
  });

  it('R83: that is malformed is success when the knob says so', () => {
    expect(failedOf(7, { malformedBody: 'success' })).toBe('success');
  });
});
