import type { SourceRecord } from '../record-source.ts';

/** A segment takes this many bytes or records, then the next one begins. */
const fullBytes = 64 * 1024;
const fullRecords = 1024;

/**
 * Some records of a partition, in offset order, as numbers and bytes in a few blocks: a million records as objects
 * would keep the garbage collector busy and the process large. Reading makes records whose buffers share the block.
 */
export interface Segment {
  offsets: Float64Array;
  timestamps: Float64Array;
  /** Where each record ends in `bytes`. */
  ends: Uint32Array;
  bytes: Buffer;
  count: number;
  latestTimestamp: number;
}

export function segment(): Segment {
  return {
    offsets: new Float64Array(4),
    timestamps: new Float64Array(4),
    ends: new Uint32Array(4),
    bytes: Buffer.alloc(0),
    count: 0,
    latestTimestamp: Number.NEGATIVE_INFINITY,
  };
}

export function isFull({ count, ends }: Segment): boolean {
  return count >= fullRecords || (ends[count - 1] ?? 0) >= fullBytes;
}

export function lastOffset({ count, offsets }: Segment): number {
  return offsets[count - 1] ?? -1;
}

export function offsetOf({ offsets }: Segment, index: number): number {
  return offsets[index] ?? -1;
}

/** Bytes that a record takes, its lengths included. */
export function sizeAt({ ends }: Segment, index: number): number {
  return (ends[index] ?? 0) - (ends[index - 1] ?? 0);
}

export function add(to: Segment, record: SourceRecord): void {
  const start = to.ends[to.count - 1] ?? 0;
  const end = start + encodedBytes(record);
  makeRoom(to, end);
  to.offsets[to.count] = record.offset;
  to.timestamps[to.count] = record.timestamp;
  to.ends[to.count] = end;
  encode(to.bytes, start, record);
  to.latestTimestamp = Math.max(to.latestTimestamp, record.timestamp);
  to.count += 1;
}

/** The records from an index on, in a segment of their own. */
export function withoutHead(from: Segment, index: number): Segment {
  const start = from.ends[index - 1] ?? 0;
  return {
    offsets: from.offsets.slice(index, from.count),
    timestamps: from.timestamps.slice(index, from.count),
    ends: from.ends.slice(index, from.count).map((end) => end - start),
    bytes: Buffer.from(from.bytes.subarray(start, from.ends[from.count - 1])),
    count: from.count - index,
    latestTimestamp: from.latestTimestamp,
  };
}

export function recordAt(from: Segment, index: number, partition: number): SourceRecord {
  const reader: Reader = { bytes: from.bytes, at: from.ends[index - 1] ?? 0 };
  const key = readBytes(reader);
  const value = readBytes(reader);
  return {
    partition,
    offset: from.offsets[index] ?? -1,
    timestamp: from.timestamps[index] ?? -1,
    timestampType: 'CREATE_TIME',
    key,
    value,
    headers: readHeaders(reader),
  };
}

function makeRoom(of: Segment, bytes: number): void {
  if (of.count === of.offsets.length) {
    of.offsets = grown(of.offsets, new Float64Array(of.count * 2 || 4));
    of.timestamps = grown(of.timestamps, new Float64Array(of.count * 2 || 4));
    of.ends = grown(of.ends, new Uint32Array(of.count * 2 || 4));
  }
  if (bytes > of.bytes.length) {
    // The old block lives on for as long as a record that was read from it does.
    of.bytes = grown(
      of.bytes,
      Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(of.bytes.length * 2, fullBytes))),
    );
  }
}

function grown<Numbers extends Float64Array | Uint32Array | Buffer>(old: Numbers, larger: Numbers): Numbers {
  larger.set(old);
  return larger;
}

const lengthBytes = 4;

function encodedBytes({ key, value, headers }: SourceRecord): number {
  let bytes = 3 * lengthBytes + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, content] of headers) {
    bytes += 2 * lengthBytes + Buffer.byteLength(name) + (content?.length ?? 0);
  }
  return bytes;
}

function encode(bytes: Buffer, start: number, { key, value, headers }: SourceRecord): void {
  let at = writeBytes(bytes, start, key);
  at = writeBytes(bytes, at, value);
  at = bytes.writeInt32LE(headers.length, at);
  for (const [name, content] of headers) {
    at = writeBytes(bytes, at, Buffer.from(name));
    at = writeBytes(bytes, at, content);
  }
}

/** The length, -1 for null, and the bytes. */
function writeBytes(bytes: Buffer, at: number, content: Buffer | null): number {
  const start = bytes.writeInt32LE(content?.length ?? -1, at);
  bytes.set(content ?? [], start);
  return start + (content?.length ?? 0);
}

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

function readLength(reader: Reader): number {
  const length = reader.bytes.readInt32LE(reader.at);
  reader.at += lengthBytes;
  return length;
}

function readBytes(reader: Reader): Buffer | null {
  const length = readLength(reader);
  if (length < 0) {
    return null;
  }
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

const noHeaders: SourceRecord['headers'] = [];

function readHeaders(reader: Reader): SourceRecord['headers'] {
  const count = readLength(reader);
  return count === 0
    ? noHeaders
    : Array.from({ length: count }, () => [readBytes(reader)?.toString() ?? '', readBytes(reader)] as const);
}
