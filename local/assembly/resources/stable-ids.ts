/** Ids that AWS makes up, made from what they belong to: the same template gives the same ids in every run. */
import { createHash } from 'node:crypto';

function digest(parts: readonly string[]): Buffer {
  return createHash('sha256').update(parts.join('\n')).digest();
}

export function stableUuid(...parts: readonly string[]): string {
  const hex = digest(parts).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Capital letters and digits, as CloudFormation puts behind a physical name. */
export function stableSuffix(length: number, ...parts: readonly string[]): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return [...digest(parts).subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** `vpc-0…`: seventeen hexadecimal digits. */
export function stableHexId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}-${digest(parts).toString('hex').slice(0, 17)}`;
}
