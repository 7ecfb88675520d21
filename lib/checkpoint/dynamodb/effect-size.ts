import { type EffectWrite, operationOf } from '../../effects/effect-write.ts';

/** DynamoDB's own limit for nesting is 32. */
const deepest = 64;
/** What an attribute, a list and a map take beside their content. */
const overhead = 3;
const numberSize = 21;

/**
 * About what an effect takes of a transaction's 4 MB, rather more than less: names, keys, items and values. What an Update makes of the item that is there is
 * not known.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function effectSize(effect: EffectWrite): number {
  return sizeOf(operationOf(effect), 0);
}

function sizeOf(value: unknown, depth: number): number {
  if (depth > deepest) return Number.POSITIVE_INFINITY;
  switch (typeof value) {
    case 'string':
      return Buffer.byteLength(value);
    case 'number':
    case 'bigint':
      return numberSize;
    case 'object':
      return value === null ? 1 : objectSize(value, depth);
    default:
      return 1;
  }
}

function objectSize(value: object, depth: number): number {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  let size = overhead;
  if (Array.isArray(value) || value instanceof Set) {
    for (const element of value) size += 1 + sizeOf(element, depth + 1);
    return size;
  }
  const entries = value instanceof Map ? value : Object.entries(value);
  for (const [name, content] of entries)
    size += overhead + sizeOf(name, depth + 1) + sizeOf(content, depth + 1);
  return size;
}
