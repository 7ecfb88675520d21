import type { EventStyle } from '../../event/build-kafka-event.ts';

/** How the mapping behaves where AWS does not say, or lets you choose. Every combination has to end well. */
export interface MappingStyle extends EventStyle {
  /**
   * What comes again after a partial response: the listed records only, or everything of the partition from the lowest of them.
   * @default 'listed-only'
   */
  readonly reading?: 'listed-only' | 'from-lowest';
  /** A retry has `records` and nothing else, or what the first delivery had. @default 'thin' */
  readonly retries?: 'thin' | 'full';
  /** Failed records of several partitions come again in one event, or in one for each partition. @default 'merged' */
  readonly grouping?: 'merged' | 'per-partition';
}

/**
 * What goes wrong with a delivery. `not-reached`: the function is not called. `answer-lost`: it is called, and its answer does not arrive, as when
 * the environment crashes or times out at the end. `delivered-twice`: a second environment gets the same event at the same time, as after a rebalance; the first
 * answer counts. `rebalanced`: the partitions go to another poller before the answer is committed, so that everything after their committed offsets comes again, also
 * what earlier answers have counted as done.
 */
export type DeliveryFault = 'not-reached' | 'answer-lost' | 'delivered-twice' | 'rebalanced';

/** Faults of the deliveries in turn, or a function of the number of the delivery, which counts from 1. */
export type DeliveryFaults =
  | readonly (DeliveryFault | undefined)[]
  | ((delivery: number) => DeliveryFault | undefined);

export function faultOf(faults: DeliveryFaults | undefined, delivery: number): DeliveryFault | undefined {
  return typeof faults === 'function' ? faults(delivery) : faults?.[delivery - 1];
}
