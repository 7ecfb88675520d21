/** Bytes of one block. A block lives as long as a record in it, so it must not hold too many. */
const blockBytes = 256 * 1024;

/**
 * Copies bytes into large blocks. A topic's records in a few blocks leave no holes in the process's memory when they
 * are dropped, as buffers of their own do, and a producer may use its own buffer again.
 */
export function slab(): (bytes: Buffer | null) => Buffer | null {
  let block = Buffer.alloc(0);
  let used = 0;
  return (bytes) => {
    if (bytes === null || bytes.length > blockBytes / 4) {
      return bytes === null ? null : Buffer.from(bytes);
    }
    if (used + bytes.length > block.length) {
      block = Buffer.allocUnsafeSlow(blockBytes);
      used = 0;
    }
    const copy = block.subarray(used, used + bytes.length);
    copy.set(bytes);
    used += bytes.length;
    return copy;
  };
}
