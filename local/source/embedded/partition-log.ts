import type { SourceRecord } from '../record-source.ts';

/** Records of one segment, in offset order. Small enough that dropping its head is cheap, large enough that few exist. */
const recordsPerSegment = 1024;

/** The records of one topic-partition, oldest first. */
export interface PartitionLog {
  readonly partition: number;
  readonly segments: Segment[];
  /** Earliest offset that can be read. */
  start: number;
  /** Offset of the next record. */
  end: number;
  /** Fetches that wait for a record. */
  readonly waiting: Set<() => void>;
}

interface Segment {
  readonly records: SourceRecord[];
  latestTimestamp: number;
}

export interface ReadLimits {
  readonly offset: number;
  readonly maxRecords: number;
  readonly maxBytes: number;
}

export function partitionLog(partition: number): PartitionLog {
  return { partition, segments: [], start: 0, end: 0, waiting: new Set() };
}

export function append(log: PartitionLog, record: SourceRecord): void {
  let tail = log.segments.at(-1);
  if (tail === undefined || tail.records.length >= recordsPerSegment) {
    tail = { records: [], latestTimestamp: Number.NEGATIVE_INFINITY };
    log.segments.push(tail);
  }
  tail.records.push(record);
  tail.latestTimestamp = Math.max(tail.latestTimestamp, record.timestamp);
  log.end = record.offset + 1;
}

/** Records from an offset on, as they are stored: at least one when there is one, then up to both limits. */
export function read(log: PartitionLog, limits: ReadLimits): readonly SourceRecord[] {
  const found: SourceRecord[] = [];
  let bytes = 0;
  for (let at = segmentOf(log, limits.offset); at < log.segments.length; at += 1) {
    const records = log.segments[at]?.records ?? [];
    for (let index = indexOf(records, limits.offset); index < records.length; index += 1) {
      const record = records[index] as SourceRecord;
      bytes += payloadBytes(record);
      if (found.length > 0 && (found.length >= limits.maxRecords || bytes > limits.maxBytes)) {
        return found;
      }
      found.push(record);
    }
  }
  return found;
}

/** Offset of the first record at or after a time; the end offset when there is none. */
export function offsetAt(log: PartitionLog, timestamp: number): number {
  for (const segment of log.segments) {
    if (segment.latestTimestamp >= timestamp) {
      return segment.records.find((record) => record.timestamp >= timestamp)?.offset ?? log.end;
    }
  }
  return log.end;
}

/** Forgets what lies before an offset and returns it. */
export function dropBefore(log: PartitionLog, offset: number): readonly SourceRecord[] {
  const whole = segmentOf(log, offset);
  const dropped = log.segments.splice(0, whole).flatMap((segment) => segment.records);
  const head = log.segments[0]?.records;
  if (head !== undefined) {
    dropped.push(...head.splice(0, indexOf(head, offset)));
  }
  log.start = Math.max(log.start, offset);
  return dropped;
}

export function payloadBytes(record: SourceRecord): number {
  let bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0);
  for (const [name, value] of record.headers) {
    bytes += name.length + (value?.length ?? 0);
  }
  return bytes;
}

/** Index of the first segment that ends at or after an offset. */
function segmentOf(log: PartitionLog, offset: number): number {
  return firstIndex(log.segments.length, (at) => (log.segments[at]?.records.at(-1)?.offset ?? -1) >= offset);
}

/** Index of the first record at or after an offset. */
function indexOf(records: readonly SourceRecord[], offset: number): number {
  return firstIndex(records.length, (at) => (records[at]?.offset ?? -1) >= offset);
}

/** Binary search for the first index that passes; the length when none does. */
function firstIndex(length: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
