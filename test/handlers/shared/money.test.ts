import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from '../../../handlers/shared/money.ts';

test.each([
  [3998, 'EUR', '€39.98'],
  [5, 'USD', '$0.05'],
  [1999, 'JPY', '¥1,999'],
  [1999, 'KWD', 'KWD 1.999'],
  [0, 'EUR', '€0.00'],
])('%i minor units of %s are %s', (amount, currency, text) => {
  expect(formatMoney(amount, currency).replaceAll('\u00a0', ' ')).toBe(text);
});

test('no amount loses a cent on its way to text', () => {
  fc.assert(
    fc.property(fc.nat({ max: 99 * 10_000 * 1_000_000_000 }), (amount) => {
      const digits = formatMoney(amount, 'EUR').replace(/\D/g, '');
      expect(BigInt(digits)).toBe(BigInt(amount));
    }),
  );
});
