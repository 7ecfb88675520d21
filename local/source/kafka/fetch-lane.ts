import type { Consumer } from '@platformatic/kafka';
import { protocolErrorsCodesById, ResponseError } from '@platformatic/kafka';
import { type Fetched, type FetchRequest, OffsetOutOfRangeError } from '../record-source.ts';
import { decodeBatches } from './decode-batches.ts';
import { type TopicMetadata, topicMetadata } from './topic-metadata.ts';

type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;
type FetchResponsePartition = FetchResponse['responses'][number]['partitions'][number];

/** Someone who wants records of a partition. */
export interface Wanted {
  readonly request: FetchRequest;
  /** When it wants an answer at the latest, in the time of `performance.now()`. */
  readonly deadline: number;
}

export type Answer =
  | { readonly kind: 'fetched'; readonly fetched: Fetched }
  /** No record at or after the offset; `endOffset` when the broker told it. */
  | { readonly kind: 'nothing'; readonly endOffset: number | undefined }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface FetchLane<Item extends Wanted> {
  add(item: Item): void;
  /** Takes back what was not sent yet; `false` when it is on its way. */
  withdraw(item: Item): boolean;
}

export interface FetchLaneOptions<Item extends Wanted> {
  readonly client: Consumer;
  readonly topic: string;
  /** How long a broker may hold back an answer for want of records. */
  readonly longestWaitMs: number;
  readonly answer: (item: Item, answer: Answer) => void;
}

// Kafka's own defaults of max.partition.fetch.bytes and fetch.max.bytes. A larger batch still comes whole.
const partitionBytes = 1024 * 1024;
const responseBytes = 50 * 1024 * 1024;

/**
 * Sends one request at a time to each broker, for all partitions that are wanted of it at that moment. A broker answers
 * the requests of a connection one after the other, and the client keeps one fetch session for each broker.
 */
export function fetchLane<Item extends Wanted>(options: FetchLaneOptions<Item>): FetchLane<Item> {
  const lane: Lane<Item> = {
    ...options,
    queue: new Set(),
    busy: new Set(),
    scheduled: false,
    doubtful: false,
  };
  return {
    add: (item) => {
      lane.queue.add(item);
      schedule(lane);
    },
    withdraw: (item) => lane.queue.delete(item),
  };
}

interface Lane<Item extends Wanted> extends FetchLaneOptions<Item> {
  readonly queue: Set<Item>;
  /** Brokers with a request on its way. */
  readonly busy: Set<number>;
  scheduled: boolean;
  /** Something failed: leaders may have moved, also when nobody says so. */
  doubtful: boolean;
}

/** Sends what is queued, together with everything else that is added in this turn. */
function schedule<Item extends Wanted>(lane: Lane<Item>): void {
  if (!lane.scheduled && lane.queue.size > 0) {
    lane.scheduled = true;
    void sendQueued(lane);
  }
}

async function sendQueued<Item extends Wanted>(lane: Lane<Item>): Promise<void> {
  try {
    const { id, leaders } = await leadersFor(lane);
    for (const [node, items] of byLeader(lane.queue, leaders)) {
      if (!lane.busy.has(node)) {
        void sendTo(lane, { node, items, topicId: id });
      }
    }
  } catch (error) {
    const items = [...lane.queue];
    lane.queue.clear();
    for (const item of items) {
      lane.answer(item, { kind: 'failed', error });
    }
  } finally {
    lane.scheduled = false;
  }
}

interface Exchange<Item extends Wanted> {
  readonly node: number;
  readonly items: readonly Item[];
  readonly topicId: string;
}

async function sendTo<Item extends Wanted>(lane: Lane<Item>, to: Exchange<Item>): Promise<void> {
  lane.busy.add(to.node);
  for (const item of to.items) {
    lane.queue.delete(item);
  }
  const answered = await exchange(lane, to);
  lane.doubtful ||= answered.some(([, answer]) => answer.kind === 'failed');
  lane.busy.delete(to.node);
  for (const [item, answer] of answered) {
    lane.answer(item, answer);
  }
  schedule(lane);
}

/** Asks the cluster again after a failure, and when the topic has grown beyond what the client knows of it. */
async function leadersFor<Item extends Wanted>(lane: Lane<Item>): Promise<TopicMetadata> {
  const { client, topic, queue } = lane;
  const known = await topicMetadata(client, topic, lane.doubtful);
  lane.doubtful = false;
  const grown = [...queue].some(({ request }) => request.partition >= known.leaders.length);
  return grown ? topicMetadata(client, topic, true) : known;
}

/** What to ask of whom: one item for each partition; a second one for the same partition waits for the next request. */
function byLeader<Item extends Wanted>(
  queue: ReadonlySet<Item>,
  leaders: readonly number[],
): ReadonlyMap<number, readonly Item[]> {
  const partitions = new Set<number>();
  const first = [...queue].filter(({ request: { partition } }) => {
    const seen = partitions.has(partition);
    partitions.add(partition);
    return !seen;
  });
  // A partition that the topic does not have goes to some leader, who says so.
  return Map.groupBy(first, ({ request }) => leaders[request.partition] ?? leaders[0] ?? -1);
}

async function exchange<Item extends Wanted>(
  options: FetchLaneOptions<Item>,
  to: Exchange<Item>,
): Promise<readonly (readonly [Item, Answer])[]> {
  const patience = Math.min(...to.items.map(({ deadline }) => deadline - performance.now()));
  try {
    const response = await options.client.fetch({
      node: to.node,
      maxWaitTime: Math.max(0, Math.min(options.longestWaitMs, Math.floor(patience))),
      maxBytes: responseBytes,
      topics: [{ topicId: to.topicId, partitions: to.items.map(({ request }) => partitionRequest(request)) }],
    });
    return answers(options.topic, to.items, response);
  } catch (error) {
    // One partition's error is thrown for all, with the answers to the others inside.
    const response = responseOf(error);
    return response === undefined || response.errorCode !== 0
      ? to.items.map((item) => [item, { kind: 'failed', error }] as const)
      : answers(options.topic, to.items, response);
  }
}

function partitionRequest(request: FetchRequest) {
  return {
    partition: request.partition,
    fetchOffset: BigInt(request.offset),
    partitionMaxBytes: Math.max(1, Math.min(request.maxBytes, partitionBytes)),
    // The leader's epoch is not checked: a broker that leads no more says so by itself.
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
  };
}

function answers<Item extends Wanted>(
  topic: string,
  items: readonly Item[],
  response: FetchResponse,
): readonly (readonly [Item, Answer])[] {
  const partitions = response.responses.flatMap((one) => one.partitions);
  const found = new Map(partitions.map((partition) => [partition.partitionIndex, partition]));
  return items.map(
    (item) => [item, answerOf(topic, item.request, found.get(item.request.partition))] as const,
  );
}

/** A partition that the response leaves out has nothing new since the request before. */
function answerOf(
  topic: string,
  { partition, offset }: FetchRequest,
  response: FetchResponsePartition | undefined,
): Answer {
  if (response === undefined) {
    return { kind: 'nothing', endOffset: undefined };
  }
  const apiId = protocolErrorsCodesById[response.errorCode];
  if (apiId === 'OFFSET_OUT_OF_RANGE') {
    return { kind: 'failed', error: new OffsetOutOfRangeError(topic, partition, offset) };
  }
  if (response.errorCode !== 0) {
    return { kind: 'failed', error: new PartitionError(apiId, `${topic}-${partition}@${offset}`) };
  }
  const endOffset = Number(response.highWatermark);
  const { records, nextOffset } = decodeBatches(response.records ?? [], { partition, offset });
  return nextOffset === offset
    ? { kind: 'nothing', endOffset }
    : { kind: 'fetched', fetched: { partition, records, nextOffset, endOffset } };
}

/** What Kafka answered for one partition of a fetch. */
class PartitionError extends Error {
  readonly apiId: string | undefined;

  constructor(apiId: string | undefined, position: string) {
    super(`the broker cannot read ${position}: ${apiId ?? 'unknown error'}`);
    this.name = 'PartitionError';
    this.apiId = apiId;
  }
}

function responseOf(error: unknown): FetchResponse | undefined {
  return error instanceof ResponseError
    ? (error as { readonly response?: FetchResponse }).response
    : undefined;
}
