import { ProduceAcks, type Producer } from '@platformatic/kafka';
import { LocalError } from '../../local-error.ts';
import { partitionOfKey } from '../partitioner.ts';
import type { ProducedRecord } from '../record-source.ts';
import { hasApiId } from './kafka-errors.ts';

/** Bytes of one request, well below Kafka's limit of 1 MiB for the records of a partition. */
const requestBytes = 512 * 1024;
const recordOverheadBytes = 40;

export interface KafkaProduction {
  readonly producer: Producer;
  readonly topic: string;
  readonly partitions: number;
  /** Where the next record without a key goes: round the partitions. */
  readonly nextKeyless: () => number;
}

type Position = { readonly partition: number; readonly offset: number };

/** Writes records in order, in requests of a bounded size; resolves with the position of each. */
export async function produceToKafka(
  production: KafkaProduction,
  records: readonly ProducedRecord[],
): Promise<readonly Position[]> {
  const placed = records.map((record) => ({ record, partition: choosePartition(production, record) }));
  const positions: Position[] = [];
  for (const chunk of chunks(placed)) {
    positions.push(...(await send(production, chunk)));
  }
  return positions;
}

interface Placed {
  readonly record: ProducedRecord;
  readonly partition: number;
}

function choosePartition(production: KafkaProduction, record: ProducedRecord): number {
  const { topic, partitions, nextKeyless } = production;
  if (record.partition !== undefined && record.partition >= partitions) {
    throw new LocalError(
      `no partition ${record.partition} in topic ${topic}: it has partitions 0 to ${partitions - 1}`,
    );
  }
  const chosen = () =>
    record.key === null ? nextKeyless() % partitions : partitionOfKey(record.key, partitions);
  return record.partition ?? chosen();
}

function* chunks(placed: readonly Placed[]): Generator<readonly Placed[]> {
  let chunk: Placed[] = [];
  let bytes = 0;
  for (const one of placed) {
    const size = sizeOf(one.record);
    if (chunk.length > 0 && bytes + size > requestBytes) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(one);
    bytes += size;
  }
  if (chunk.length > 0) {
    yield chunk;
  }
}

function sizeOf({ key, value, headers = [] }: ProducedRecord): number {
  const named = headers.reduce((sum, [name, content]) => sum + name.length + (content?.length ?? 0), 0);
  return (key?.length ?? 0) + (value?.length ?? 0) + named + recordOverheadBytes;
}

async function send(
  { producer, topic }: KafkaProduction,
  chunk: readonly Placed[],
): Promise<readonly Position[]> {
  const messages = chunk.map(({ record, partition }) => ({ ...messageOf(record), topic, partition }));
  // -1 is the answer for a partition that the broker told no offset of, which does not happen with these acks.
  const { offsets = [] } = await producer
    .send({ messages, acks: ProduceAcks.ALL })
    .catch((error: unknown) => {
      throw tooLarge(error, topic, chunk);
    });
  const next = new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
  return chunk.map(({ partition }) => {
    const offset = next.get(partition) ?? -1;
    next.set(partition, offset + 1);
    return { partition, offset };
  });
}

/** The client's types know no null, its encoding does. Headers are a map by identity, so that a name may come twice. */
function messageOf({ key, value, headers, timestamp }: ProducedRecord) {
  const named = headers?.map(([name, content]) => [Buffer.from(name), content as Buffer] as const);
  return {
    key: key as Buffer,
    value: value as Buffer,
    ...(named === undefined ? {} : { headers: new Map(named) }),
    ...(timestamp === undefined ? {} : { timestamp: BigInt(timestamp) }),
  };
}

function tooLarge(error: unknown, topic: string, chunk: readonly Placed[]): unknown {
  const largest = Math.max(...chunk.map(({ record }) => sizeOf(record)));
  return hasApiId(error, 'MESSAGE_TOO_LARGE')
    ? new LocalError(`topic ${topic} refuses a record of about ${largest} bytes: raise its max.message.bytes`)
    : error;
}
