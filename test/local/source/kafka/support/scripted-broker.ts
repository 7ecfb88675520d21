import type { Consumer, RecordsBatch } from '@platformatic/kafka';
import { ResponseError } from '@platformatic/kafka';

type FetchOptions = Parameters<Consumer['fetch']>[0];
type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

/** What a broker answers for one partition. */
export interface PartitionAnswer {
  readonly partition: number;
  readonly end?: number;
  /** Offsets of one-record batches. */
  readonly offsets?: readonly number[];
  /** Kafka's number of an error. */
  readonly errorCode?: number;
}

export interface FetchRequested {
  readonly node: number;
  readonly topicId: string;
  readonly maxWaitTime: number;
  readonly partitions: readonly { readonly partition: number; readonly offset: number }[];
}

export interface ScriptedBroker {
  readonly client: Consumer;
  readonly fetches: FetchRequested[];
  /** How often the cluster was asked for the topic, not counting what a client remembers. */
  looks(): number;
  /** Leader of each partition, and the topic's id. */
  topic: { id: string; leaders: readonly number[] };
}

/** A client whose cluster is a script: it leads partitions as `topic` says, and answers each fetch with `answer`. */
export function scriptedBroker(
  answer: (fetch: FetchRequested) => readonly PartitionAnswer[] | Error | Promise<readonly PartitionAnswer[]>,
): ScriptedBroker {
  let looks = 0;
  const broker: ScriptedBroker = {
    fetches: [],
    looks: () => looks,
    topic: { id: 'first', leaders: [1] },
    client: {
      metadata: async ({ forceUpdate }: { readonly forceUpdate: boolean }) => {
        if (forceUpdate) looks += 1;
        const partitions = broker.topic.leaders.map((leader) => ({ leader }));
        return { topics: new Map([['orders', { id: broker.topic.id, partitions }]]) };
      },
      fetch: async (options: FetchOptions) => {
        const requested = requestedOf(options);
        broker.fetches.push(requested);
        const answered = await answer(requested);
        if (answered instanceof Error) throw answered;
        return responseOf(answered);
      },
    } as unknown as Consumer,
  };
  return broker;
}

function requestedOf({ node, maxWaitTime, topics }: FetchOptions): FetchRequested {
  const [topic] = topics;
  return {
    node,
    topicId: topic?.topicId ?? '',
    maxWaitTime: maxWaitTime ?? -1,
    partitions: (topic?.partitions ?? []).map(({ partition, fetchOffset }) => ({
      partition,
      offset: Number(fetchOffset),
    })),
  };
}

/** The client throws what holds an error, with the whole response inside. */
function responseOf(answers: readonly PartitionAnswer[]): FetchResponse {
  const partitions = answers.map(({ partition, end = 0, offsets = [], errorCode = 0 }) => ({
    partitionIndex: partition,
    errorCode,
    highWatermark: BigInt(end),
    records: offsets.map(batchAt),
  }));
  const response = {
    errorCode: 0,
    responses: [{ topicId: 'first', partitions }],
  } as unknown as FetchResponse;
  if (answers.some(({ errorCode }) => errorCode)) throw new ResponseError(1, 17, {}, response as never);
  return response;
}

function batchAt(offset: number): RecordsBatch {
  return {
    firstOffset: BigInt(offset),
    lastOffsetDelta: 0,
    attributes: 0,
    firstTimestamp: 0n,
    maxTimestamp: 0n,
    records: [
      { offsetDelta: 0, timestampDelta: 0n, key: null, value: Buffer.from(`${offset}`), headers: [] },
    ],
  } as unknown as RecordsBatch;
}
