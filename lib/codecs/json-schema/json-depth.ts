const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether arrays and objects lie in each other more than `limit` deep. It is asked before parsing: JSON.parse takes any depth, and
 * what walks the value after it, a schema that refers to itself or JSON.stringify, then runs out of stack.
 */
export function isDeeperThan(content: Buffer, limit: number): boolean {
  let depth = 0;
  for (let index = 0; index < content.length; index++) {
    const byte = content[index];
    if (byte === quote) {
      index = endOfString(content, index);
    } else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > limit) return true;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth--;
    }
  }
  return false;
}

function endOfString(content: Buffer, start: number): number {
  let end = content.indexOf(quote, start + 1);
  while (end !== -1 && isEscaped(content, end)) end = content.indexOf(quote, end + 1);
  return end === -1 ? content.length : end;
}

function isEscaped(content: Buffer, at: number): boolean {
  let backslashes = 0;
  while (content[at - 1 - backslashes] === backslash) backslashes++;
  return backslashes % 2 === 1;
}
