import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { LocalError } from '../local-error.ts';
import type { ProducedRecord } from '../source/record-source.ts';
import { isKcatEnvelope, readKcatEnvelope } from './kcat-envelope.ts';
import { orderKey } from './order-key.ts';

/** A record of a file, with file and line. */
export type GivenRecord = ProducedRecord & { readonly place?: string };

/** What is read at most: beyond it, a file should be produced to a Kafka and read from there. */
const maxBytes = 256 * 1024 * 1024;

/**
 * Reads `--orders FILE`, or standard input for `-`: one JSON a line, an order event or an envelope as `kcat -C -J` prints it.
 *
 * @throws LocalError that names file and line.
 */
export async function readOrders(
  path: string,
  stdin: Readable = process.stdin,
): Promise<readonly GivenRecord[]> {
  const name = path === '-' ? 'standard input' : path;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of path === '-' ? stdin : createReadStream(path)) {
      size += chunk.length;
      if (size > maxBytes) break;
      chunks.push(Buffer.from(chunk));
    }
  } catch (error) {
    throw new LocalError(`cannot read the orders of ${name}: ${(error as Error).message}`);
  }
  if (size > maxBytes) {
    throw new LocalError(
      `${name} has more than ${maxBytes / 1024 / 1024} MB of orders; produce them to a Kafka and use --bootstrap`,
    );
  }
  return parseOrders(Buffer.concat(chunks), name);
}

/** @throws LocalError that names file and line, and quotes nothing of the line. */
export function parseOrders(content: Buffer, name: string): readonly GivenRecord[] {
  const records: GivenRecord[] = [];
  let line = 0;
  for (let from = 0; from < content.length; ) {
    line += 1;
    const newline = content.indexOf(0x0a, from);
    const end = newline === -1 ? content.length : newline;
    const place = `${name}, line ${line}`;
    const record = parseLine(content.subarray(from, end), place);
    if (record) records.push({ ...record, place });
    from = end + 1;
  }
  return records;
}

const eachLine = 'each line is the JSON of an order event or of a kcat -J envelope';

/** Nothing for an empty line. */
function parseLine(bytes: Buffer, place: string): ProducedRecord | undefined {
  const text = decodeUtf8(bytes, place).trim();
  if (text === '') return undefined;
  const parsed = parseJson(text, place);
  if (Array.isArray(parsed) && parsed.length > 0) {
    throw new LocalError(`${place}: a list of ${parsed.length}; ${eachLine} (jq -c '.[]' FILE makes them)`);
  }
  if (isKcatEnvelope(parsed)) return readKcatEnvelope(parsed, place);
  // The line's own bytes: what is no valid order is for the consumers to find out.
  return { key: orderKey(parsed), value: Buffer.from(text) };
}

function decodeUtf8(bytes: Buffer, place: string): string {
  try {
    // Also drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LocalError(`${place}: not UTF-8; ${eachLine}`);
  }
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LocalError(`${place}: not JSON; ${eachLine} (jq -c . FILE makes one of each)`);
  }
}
