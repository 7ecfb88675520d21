import { Consumer, type ConsumerGroupJoinPayload, FetchIsolationLevels } from '@platformatic/kafka';
import type { GroupListener } from '../record-source.ts';
import { cooperativeAssigner } from './cooperative-assigner.ts';
import { clientOptions, type KafkaConnection } from './kafka-connection.ts';
import { isPassing } from './kafka-errors.ts';
import { keepTrying } from './keep-trying.ts';

/** This process's place in a consumer group: what it holds, and since when. */
export interface GroupMembership {
  readonly memberId: () => string | null;
  readonly generationId: () => number;
  /** A value that is another one after each time the partition was lost; `undefined` when it is not held. */
  tenure(partition: number): object | undefined;
  /** Makes the group share out the partitions anew, when this member is the one to do it. */
  shareOutAnew(): Promise<void>;
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
}

// A member that was killed keeps its partitions for this long; the broker's least is 6 s by default.
const sessionTimeoutMs = 10_000;
const heartbeatMs = 1_000;
const joinForMs = 20_000;

/** Joins a group; resolves when the listener was told what this member holds. */
export async function joinGroup(options: GroupOptions): Promise<GroupMembership> {
  const consumer = new Consumer({
    ...clientOptions(options.connection),
    groupId: options.group,
    sessionTimeout: sessionTimeoutMs,
    rebalanceTimeout: sessionTimeoutMs,
    heartbeatInterval: heartbeatMs,
    isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED,
    protocols: [{ name: 'cooperative-sticky', version: 3 }],
    partitionAssigner: cooperativeAssigner,
    // Other members join at the same time: a round that they interrupt is tried again.
    retries: 10,
    retryDelay: heartbeatMs / 4,
  });
  consumer.topics.track(options.topic);
  const seat: Seat = {
    ...options,
    consumer,
    held: new Map(),
    memberId: null,
    isLeader: false,
    left: new AbortController(),
  };
  listen(seat);
  try {
    await keepTrying(() => consumer.joinGroup({}), { isPassing, forMs: joinForMs });
  } catch (error) {
    seat.left.abort();
    await consumer.close(true);
    throw error;
  }
  if (seat.held.size === 0) {
    options.listener.assigned([]);
  }
  return membershipOf(seat);
}

interface Seat extends GroupOptions {
  readonly consumer: Consumer;
  readonly held: Map<number, object>;
  readonly left: AbortController;
  memberId: string | null;
  isLeader: boolean;
}

function membershipOf(seat: Seat): GroupMembership {
  const { consumer, held, topic } = seat;
  return {
    memberId: () => consumer.memberId,
    generationId: () => consumer.generationId,
    tenure: (partition) => held.get(partition),
    shareOutAnew: async () => {
      if (seat.isLeader && !seat.left.signal.aborted) {
        await consumer.metadata({ topics: [topic], forceUpdate: true });
        await consumer.joinGroup({});
      }
    },
    lose: () => hold(seat, []),
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
  const signal = seat.left.signal;
  await keepTrying(() => seat.consumer.joinGroup({}), {
    isPassing: () => !signal.aborted,
    forMs: Number.POSITIVE_INFINITY,
    signal,
    onRetry: (error) => seat.listener.trouble(error),
  }).catch(() => undefined);
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
