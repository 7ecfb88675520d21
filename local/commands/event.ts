import { readFile, stat } from 'node:fs/promises';
import { buildKafkaEvent, type Envelope, type RecordToDeliver } from '../../lib/event/build-kafka-event.ts';
import { LocalError } from '../local-error.ts';
import { sampleOrders } from '../shop/sample-orders.ts';
import { partitionOfKey } from '../source/partitioner.ts';

export interface EventOptions {
  readonly topic: string;
  readonly records: number;
  readonly partitions: number;
  /** The key of every record, instead of the sample order's. */
  readonly key?: string;
  /** A file with the value of every record, instead of sample orders. */
  readonly value?: string;
  /** Of the first record of each partition. */
  readonly offset: number;
  readonly seed: number;
  readonly selfManaged: boolean;
  /** Whether the event is a retry's: `records` and nothing else. */
  readonly thin: boolean;
}

/** Lambda hands over no more than this, in bytes. */
const largestEvent = 6 * 1_024 * 1_024;

const bootstrapServers = 'b-1.lanewise.example:9098,b-2.lanewise.example:9098';
const eventSourceArn =
  'arn:aws:kafka:eu-central-1:000000000000:cluster/lanewise/9b1f3c1e-4d53-4b8a-9c35-0d7f5a6b2c11-3';

/**
 * `npm run event`: the same options give the same event.
 *
 * @throws LocalError when the value cannot be read, or the event is larger than Lambda would send.
 */
export async function eventText(options: EventOptions): Promise<string> {
  const value = options.value === undefined ? undefined : await readValue(options.value);
  const event = buildKafkaEvent(recordsOf(options, value), options.thin ? {} : envelopeOf(options));
  const size = JSON.stringify(event).length;
  if (size > largestEvent) {
    throw new LocalError(
      `the event has ${size} bytes and Lambda takes at most ${largestEvent}; choose fewer --records or a smaller --value`,
    );
  }
  return `${JSON.stringify(event, undefined, 2)}\n`;
}

function recordsOf(
  options: EventOptions,
  value: Buffer | undefined,
): readonly (RecordToDeliver & { readonly topic: string })[] {
  const next = new Map<number, number>();
  return sampleOrders({ count: options.records, seed: options.seed }).map((sample, index) => {
    const key = options.key === undefined ? sample.key : Buffer.from(options.key);
    const partition = key === null ? 0 : partitionOfKey(key, options.partitions);
    const offset = next.get(partition) ?? options.offset;
    next.set(partition, offset + 1);
    return {
      topic: options.topic,
      partition,
      offset,
      timestamp: Date.UTC(2026, 10, 23, 10) + index * 1_000,
      timestampType: 'CREATE_TIME',
      key,
      value: value ?? sample.value,
      headers: sample.headers ?? [],
    };
  });
}

function envelopeOf({ selfManaged }: EventOptions): Envelope {
  return selfManaged
    ? { eventSource: 'SelfManagedKafka', bootstrapServers }
    : { eventSource: 'aws:kafka', eventSourceArn, bootstrapServers };
}

async function readValue(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size <= largestEvent) return await readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LocalError(`cannot read the value of ${path}: ${reason}`);
  }
  throw new LocalError(
    `the value of ${path} has more than ${largestEvent} bytes, and no event may have more`,
  );
}
