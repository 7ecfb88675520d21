import { Consumer, type ConsumerGroupJoinPayload } from '@platformatic/kafka';
import type { GroupListener } from '../record-source.ts';
import { cooperativeAssigner } from './cooperative-assigner.ts';
import { findCoordinatorAgain } from './find-coordinator-again.ts';
import { clientOptions, type KafkaConnection } from './kafka-connection.ts';
import { isPassing } from './kafka-errors.ts';
import { keepTrying } from './keep-trying.ts';

/** This process's place in a consumer group: what it holds, and since when. */
export interface GroupMembership {
  readonly memberId: () => string | null;
  readonly generationId: () => number;
  /** A value that is another one after each time the partition was lost; `undefined` when it is not held. */
  tenure(partition: number): object | undefined;
  /** Makes the group share out a topic that has grown to `count` partitions, when this member is the one to do it. */
  shareOut(count: number): Promise<void>;
  /** The topic is gone, or another one has its name: nothing of it is held any more. */
  lose(): void;
  /** Takes what the group has assigned after it was lost with `lose`. */
  regain(): void;
  leave(): Promise<void>;
}

export interface GroupOptions {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly group: string;
  readonly listener: GroupListener;
  /** Ends the attempts to join: nobody wants the member any more. */
  readonly signal: AbortSignal;
}

// A member that was killed keeps its partitions for this long; the broker's least is 6 s by default.
const sessionTimeoutMs = 10_000;
const heartbeatMs = 1_000;
const joinForMs = 20_000;

/** Joins a group; resolves when the listener was told what this member holds. */
export async function joinGroup(options: GroupOptions): Promise<GroupMembership> {
  const seat: Seat = {
    ...options,
    consumer: groupConsumer(options, (shared) => {
      seat.shared = shared;
    }),
    held: new Map(),
    left: new AbortController(),
    memberId: null,
    isLeader: false,
    isRejoining: false,
    shared: 0,
  };
  listen(seat);
  try {
    await keepTrying(() => seat.consumer.joinGroup({}), {
      isPassing,
      forMs: joinForMs,
      signal: options.signal,
    });
  } catch (error) {
    seat.left.abort();
    await seat.consumer.close(true);
    throw error;
  }
  if (seat.held.size === 0) {
    options.listener.assigned([]);
  }
  return membershipOf(seat);
}

function groupConsumer(options: GroupOptions, onShared: (partitions: number) => void): Consumer {
  const { connection, group, topic } = options;
  const consumer = new Consumer({
    ...clientOptions(connection),
    groupId: group,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs,
    heartbeatInterval: heartbeatMs,
    protocols: [{ name: 'cooperative-sticky', version: 3 }],
    partitionAssigner: (current, members, topics, metadata) => {
      onShared(metadata.topics.get(topic)?.partitionsCount ?? 0);
      return cooperativeAssigner(current, members, topics, metadata);
    },
    // Other members join at the same time: a round that they interrupt is tried again.
    retries: 10,
    retryDelay: heartbeatMs / 4,
  });
  consumer.topics.track(topic);
  findCoordinatorAgain(consumer);
  return consumer;
}

interface Seat extends GroupOptions {
  readonly consumer: Consumer;
  readonly held: Map<number, object>;
  readonly left: AbortController;
  memberId: string | null;
  isLeader: boolean;
  /** The client says more than once that it gave up. */
  isRejoining: boolean;
  /** How many partitions this member shared out when it last led the group. */
  shared: number;
}

function membershipOf(seat: Seat): GroupMembership {
  const { consumer, held, topic } = seat;
  return {
    memberId: () => consumer.memberId,
    generationId: () => consumer.generationId,
    tenure: (partition) => held.get(partition),
    shareOut: async (count) => {
      if (seat.isLeader && count > seat.shared && !seat.left.signal.aborted) {
        await consumer.metadata({ topics: [topic], forceUpdate: true });
        await consumer.joinGroup({});
      }
    },
    lose: () => {
      seat.shared = 0;
      hold(seat, []);
    },
    regain: () => hold(seat, assigned(seat)),
    leave: async () => {
      seat.left.abort();
      held.clear();
      await consumer.close(true);
    },
  };
}

function listen(seat: Seat): void {
  const { consumer, listener } = seat;
  consumer.on('consumer:group:join', ({ memberId, isLeader }: ConsumerGroupJoinPayload) => {
    if (memberId !== seat.memberId) {
      // The group has forgotten the member that this was: others may have read its partitions meanwhile.
      hold(seat, []);
    }
    seat.memberId = memberId;
    seat.isLeader = isLeader === true;
    // A member that is alone gets everything without the assigner being asked.
    seat.shared = Math.max(seat.shared, assigned(seat).length);
    hold(seat, assigned(seat));
  });
  // Half way through a rebalance: what this member must give up is gone already, what it gets comes later.
  consumer.on('consumer:group:rebalance', () => {
    const still = new Set(assigned(seat));
    hold(
      seat,
      [...seat.held.keys()].filter((partition) => still.has(partition)),
    );
  });
  consumer.on('consumer:heartbeat:error', ({ error }) => listener.trouble(error));
  // The client gives up after some attempts to join again; the member must not.
  consumer.on('error', (error: Error) => {
    listener.trouble(error);
    void rejoin(seat);
  });
}

async function rejoin(seat: Seat): Promise<void> {
  if (seat.isRejoining) return;
  seat.isRejoining = true;
  const signal = seat.left.signal;
  await keepTrying(() => seat.consumer.joinGroup({}), {
    isPassing: () => !signal.aborted,
    forMs: Number.POSITIVE_INFINITY,
    signal,
    onRetry: (error) => seat.listener.trouble(error),
  }).catch(() => undefined);
  seat.isRejoining = false;
}

function assigned({ consumer, topic }: Seat): readonly number[] {
  return consumer.assignments?.find((assignment) => assignment.topic === topic)?.partitions ?? [];
}

/** Tells the listener what changes. */
function hold(seat: Seat, partitions: readonly number[]): void {
  if (seat.left.signal.aborted) {
    return;
  }
  const now = new Set(partitions);
  const lost = [...seat.held.keys()].filter((partition) => !now.has(partition));
  const gained = partitions.filter((partition) => !seat.held.has(partition));
  for (const partition of lost) {
    seat.held.delete(partition);
  }
  for (const partition of gained) {
    seat.held.set(partition, {});
  }
  if (lost.length > 0) {
    seat.listener.revoked(lost);
  }
  if (gained.length > 0) {
    seat.listener.assigned(gained);
  }
}
