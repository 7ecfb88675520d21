/**
 * Kafka's default partitioner: murmur2 of the key's bytes, made positive, modulo the number of partitions.
 * The same key lands in the same partition as with Kafka's own Java producer.
 */

const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;
const rotation = 24;

/** 32-bit murmur2 as Kafka's `Utils.murmur2` computes it; signed. */
export function murmur2(bytes: Uint8Array): number {
  const whole = bytes.length & ~3;
  let hash = seed ^ bytes.length;
  for (let index = 0; index < whole; index += 4) {
    let word = Math.imul(littleEndian(bytes, index, 4), multiplier);
    word ^= word >>> rotation;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  if (whole < bytes.length) {
    hash = Math.imul(hash ^ littleEndian(bytes, whole, bytes.length - whole), multiplier);
  }
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}

/** Where Kafka's Java producer puts a key. `undefined` and `null` keys have no such place. */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}

function littleEndian(bytes: Uint8Array, from: number, count: number): number {
  let word = 0;
  for (let index = 0; index < count; index += 1) {
    word |= (bytes[from + index] ?? 0) << (8 * index);
  }
  return word;
}
