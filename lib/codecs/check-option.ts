import { LanewiseError } from '../errors/lanewise-error.ts';

/** Above it a timer fires at once. */
const longestTimer = 2 ** 31 - 1;

/** @throws LanewiseError INVALID_OPTION */
export function checkMilliseconds(option: string, value: number): void {
  checkNumber(option, value, { least: 0, most: longestTimer });
}

/** @throws LanewiseError INVALID_OPTION */
export function checkNumber(
  option: string,
  value: number,
  { least, most = Number.POSITIVE_INFINITY }: { readonly least: number; readonly most?: number },
): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  const upTo = most === Number.POSITIVE_INFINITY ? '' : ` to ${most}`;
  throw new LanewiseError('INVALID_OPTION', `${option} is ${value}, expected a number from ${least}${upTo}`);
}
