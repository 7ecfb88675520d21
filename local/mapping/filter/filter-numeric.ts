/** `{ "numeric": [">", 0, "<=", 5] }`: one comparison, or a range of two. */
import { isWrittenNumber } from './written-json.ts';

type Comparison = (value: number, bound: number) => boolean;

const COMPARISONS: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);

export function compileNumeric(
  operand: unknown,
  path: string,
  complain: (why: string) => Error,
): (value: unknown) => boolean {
  const parts = Array.isArray(operand) ? operand : [];
  const checks = [0, 2].slice(0, parts.length / 2).map((at) => compileCheck(parts[at], parts[at + 1]));
  const sound = (parts.length === 2 || parts.length === 4) && checks.every((check) => check !== undefined);
  if (!sound) {
    throw complain(`"numeric" of "${path}" must be a comparison and a number, or two of them for a range`);
  }
  return (value) => isWrittenNumber(value) && checks.every((check) => check?.(value.value) === true);
}

function compileCheck(operator: unknown, bound: unknown): ((value: number) => boolean) | undefined {
  const compare = COMPARISONS.get(operator);
  const number = isWrittenNumber(bound) ? bound.value : bound;
  if (compare === undefined || typeof number !== 'number') return undefined;
  return (value) => compare(value, number);
}
