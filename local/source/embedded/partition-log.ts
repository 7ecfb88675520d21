import type { SourceRecord } from '../record-source.ts';
import {
  add,
  isFull,
  lastOffset,
  offsetOf,
  recordAt,
  type Segment,
  segment,
  sizeAt,
  withoutHead,
} from './segment.ts';

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

export interface ReadLimits {
  readonly offset: number;
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/** Records and their bytes that a log gained or lost. */
export interface Amount {
  readonly records: number;
  readonly bytes: number;
}

export function partitionLog(partition: number): PartitionLog {
  return { partition, segments: [], start: 0, end: 0, waiting: new Set() };
}

/** Keeps a copy of the record, whose offset is the log's end, and returns its bytes. */
export function append(log: PartitionLog, record: SourceRecord): number {
  let tail = log.segments.at(-1);
  if (tail === undefined || isFull(tail)) {
    tail = segment();
    log.segments.push(tail);
  }
  add(tail, record);
  log.end = record.offset + 1;
  return sizeAt(tail, tail.count - 1);
}

/** Records from an offset on: at least one when there is one, then up to both limits. */
export function read(log: PartitionLog, limits: ReadLimits): readonly SourceRecord[] {
  const found: SourceRecord[] = [];
  let bytes = 0;
  for (let at = segmentOf(log, limits.offset); at < log.segments.length; at += 1) {
    const from = log.segments[at] ?? segment();
    for (let index = indexOf(from, limits.offset); index < from.count; index += 1) {
      bytes += sizeAt(from, index);
      if (found.length > 0 && (found.length >= limits.maxRecords || bytes > limits.maxBytes)) {
        return found;
      }
      found.push(recordAt(from, index, log.partition));
    }
  }
  return found;
}

/** Offset of the first record at or after a time; the end offset when there is none. */
export function offsetAt(log: PartitionLog, timestamp: number): number {
  for (const { count, latestTimestamp, offsets, timestamps } of log.segments) {
    if (latestTimestamp >= timestamp) {
      const index = timestamps.subarray(0, count).findIndex((one) => one >= timestamp);
      return Math.max(log.start, offsets[index] ?? log.end);
    }
  }
  return log.end;
}

/** Forgets what lies before an offset. */
export function dropBefore(log: PartitionLog, offset: number): Amount {
  const dropped = { records: 0, bytes: 0 };
  for (const whole of log.segments.splice(0, segmentOf(log, offset))) {
    dropped.records += whole.count;
    dropped.bytes += whole.ends[whole.count - 1] ?? 0;
  }
  const [head] = log.segments;
  const index = head === undefined ? 0 : indexOf(head, offset);
  if (head !== undefined && index > 0) {
    dropped.records += index;
    dropped.bytes += head.ends[index - 1] ?? 0;
    log.segments[0] = withoutHead(head, index);
  }
  log.start = Math.max(log.start, offset);
  return dropped;
}

/** Index of the first segment that ends at or after an offset. */
function segmentOf({ segments }: PartitionLog, offset: number): number {
  return firstIndex(segments.length, (at) => lastOffset(segments[at] ?? segment()) >= offset);
}

/** Index of the first record at or after an offset. */
function indexOf(from: Segment, offset: number): number {
  return firstIndex(from.count, (at) => offsetOf(from, at) >= offset);
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
