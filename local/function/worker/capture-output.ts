import { StringDecoder } from 'node:string_decoder';

/** Longest line handed on, in characters. */
const maximumLine = 16_384;

export type WriteLines = (lines: readonly string[]) => void;

/**
 * Takes over what this thread writes to its standard output and error, line by line. A logger that holds the streams
 * themselves (as Powertools does) is captured too, and lines leave in the order of the invocations they belong to.
 *
 * @returns hands on a last line that has no end yet.
 */
export function captureOutput(write: WriteLines): () => void {
  const flushes = [captureStream(process.stdout, write), captureStream(process.stderr, write)];
  return () => {
    for (const flush of flushes) flush();
  };
}

function captureStream(stream: NodeJS.WriteStream, write: WriteLines): () => void {
  // A character may come in two writes, byte by byte.
  const decoder = new StringDecoder('utf8');
  let open = '';
  const take = (text: string): void => {
    const lines = (open + text).split('\n');
    open = (lines.pop() ?? '').slice(0, maximumLine + 1);
    if (lines.length > 0) write(lines.map(shorten));
  };
  stream.write = (chunk: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
    take(decoder.write(bytesOf(chunk, encoding)));
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') queueMicrotask(() => callback());
    return true;
  };
  return () => {
    if (open !== '') take('\n');
  };
}

function bytesOf(chunk: Uint8Array | string, encoding: unknown): Buffer {
  if (typeof chunk !== 'string') return Buffer.from(chunk);
  return Buffer.from(chunk, Buffer.isEncoding(String(encoding)) ? (encoding as BufferEncoding) : 'utf8');
}

function shorten(line: string): string {
  if (line.length <= maximumLine) return line;
  return `${line.slice(0, maximumLine)} … (cut at ${maximumLine} characters)`;
}
