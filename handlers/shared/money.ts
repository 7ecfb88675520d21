/**
 * An amount in minor units as text, with as many digits as the currency has: 1999 is €19.99, and ¥1,999.
 *
 * @param minorUnits at most the largest safe integer.
 * @param currency ISO 4217; one that is well-formed but unknown has two digits.
 */
export function formatMoney(minorUnits: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits);
}
