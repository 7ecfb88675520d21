import type { Consumer } from '@platformatic/kafka';
import type { Fetched, FetchRequest } from '../record-source.ts';
import { type Answer, type FetchLane, fetchLane, type Wanted } from './fetch-lane.ts';
import { isPassing, isUnknownTopic } from './kafka-errors.ts';

export interface PartitionFetcher {
  fetch(request: FetchRequest): Promise<Fetched>;
  /** Ends every fetch, also those that come later: without records, or with an error. */
  close(error?: Error): void;
}

export interface PartitionFetcherOptions {
  readonly topic: string;
  /** Asks brokers for what is there now. */
  readonly quick: Consumer;
  /** Lets brokers wait for records. It has connections of its own, so that nothing else waits with it. */
  readonly patient: Consumer;
  readonly onTrouble: (error: Error) => void;
}

/**
 * A partition that begins to wait joins the requests that already wait only when one of them ends, so they end often.
 * This is the longest that its first record may be held back.
 */
const longestWaitMs = 100;
const pauseAfterErrorMs = 200;

/**
 * Fetches of many partitions over two connections to each broker. Each fetch first asks what is there now, which
 * comes back at once whoever waits; a partition without records then waits together with all others that have none.
 */
export function partitionFetcher(options: PartitionFetcherOptions): PartitionFetcher {
  const lane = (client: Consumer, longest: number) =>
    fetchLane<Pending>({
      client,
      topic: options.topic,
      longestWaitMs: longest,
      answer: (pending, answer) => onAnswer(fetching, pending, answer),
    });
  const fetching: Fetching = {
    onTrouble: options.onTrouble,
    pendings: new Set(),
    ends: new Map(),
    quick: lane(options.quick, 0),
    patient: lane(options.patient, longestWaitMs),
    told: undefined,
    closed: undefined,
  };
  return {
    fetch: (request) => begin(fetching, request),
    close: (error) => {
      fetching.closed = { error };
      for (const pending of [...fetching.pendings]) {
        settle(fetching, pending, error ?? nothing(fetching, pending));
      }
    },
  };
}

interface Pending extends Wanted {
  readonly resolve: (fetched: Fetched) => void;
  readonly reject: (error: Error) => void;
  timer: NodeJS.Timeout | undefined;
}

interface Fetching {
  readonly onTrouble: (error: Error) => void;
  readonly pendings: Set<Pending>;
  /** The end offset of each partition as a broker last told it. */
  readonly ends: Map<number, number>;
  readonly quick: FetchLane<Pending>;
  readonly patient: FetchLane<Pending>;
  /** The trouble that was told and has not passed yet. */
  told: string | undefined;
  closed: { readonly error: Error | undefined } | undefined;
}

function begin(fetching: Fetching, request: FetchRequest): Promise<Fetched> {
  const { promise, resolve, reject } = Promise.withResolvers<Fetched>();
  const deadline = performance.now() + request.maxWaitMs;
  const pending: Pending = { request, deadline, resolve, reject, timer: undefined };
  fetching.pendings.add(pending);
  if (fetching.closed === undefined) {
    fetching.quick.add(pending);
  } else {
    settle(fetching, pending, fetching.closed.error ?? nothing(fetching, pending));
  }
  return promise;
}

function onAnswer(fetching: Fetching, pending: Pending, answer: Answer): void {
  if (!fetching.pendings.has(pending)) {
    return;
  }
  switch (answer.kind) {
    case 'fetched':
      fetching.told = undefined;
      fetching.ends.set(pending.request.partition, answer.fetched.endOffset);
      settle(fetching, pending, answer.fetched);
      break;
    case 'nothing':
      fetching.told = undefined;
      waitForRecords(fetching, pending, answer.endOffset);
      break;
    case 'failed':
      tryAgain(fetching, pending, answer.error);
  }
}

function waitForRecords(fetching: Fetching, pending: Pending, endOffset: number | undefined): void {
  if (endOffset !== undefined) {
    fetching.ends.set(pending.request.partition, endOffset);
  }
  const leftMs = pending.deadline - performance.now();
  if (endOffset !== undefined && endOffset > pending.request.offset) {
    // There are records, but those of others filled the answer: it will be this partition's turn.
    fetching.quick.add(pending);
  } else if (leftMs <= 0) {
    settle(fetching, pending, nothing(fetching, pending));
  } else {
    fetching.patient.add(pending);
    clearTimeout(pending.timer);
    pending.timer = setTimeout(() => {
      if (fetching.patient.withdraw(pending)) {
        settle(fetching, pending, nothing(fetching, pending));
      }
    }, leftMs);
  }
}

/** A leader that moves or a broker that restarts is asked again until the fetch's time is over. */
function tryAgain(fetching: Fetching, pending: Pending, error: unknown): void {
  const problem = error instanceof Error ? error : new Error(String(error));
  // A topic that is not there may be unknown to a broker that has just started; its watch tells when it is gone.
  if (!isPassing(problem) && !isUnknownTopic(problem)) {
    settle(fetching, pending, problem);
    return;
  }
  if (fetching.told !== problem.message) {
    fetching.told = problem.message;
    fetching.onTrouble(problem);
  }
  clearTimeout(pending.timer);
  pending.timer = setTimeout(() => {
    if (performance.now() >= pending.deadline) {
      settle(fetching, pending, nothing(fetching, pending));
    } else {
      fetching.quick.add(pending);
    }
  }, pauseAfterErrorMs);
}

function settle(fetching: Fetching, pending: Pending, result: Fetched | Error): void {
  clearTimeout(pending.timer);
  fetching.pendings.delete(pending);
  if (result instanceof Error) {
    pending.reject(result);
  } else {
    pending.resolve(result);
  }
}

function nothing(fetching: Fetching, { request }: Pending): Fetched {
  const { partition, offset } = request;
  return {
    partition,
    records: [],
    nextOffset: offset,
    endOffset: Math.max(offset, fetching.ends.get(partition) ?? 0),
  };
}
