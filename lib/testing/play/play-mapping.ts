import { formatPosition } from '../../event/topic-partition.ts';
import type { InvocationContext } from '../../lanes/time-budget.ts';
import { aLambdaContext } from '../a-lambda-context.ts';
import type { TestRecord } from '../a-record.ts';
import { checkPlay } from './check-play.ts';
import { type Commit, progressOf } from './commits.ts';
import { type Delivery, deliver } from './deliver.ts';
import { type DeliveryFaults, faultOf, type MappingStyle } from './mapping-style.ts';
import { type Group, inBatches, playRound } from './waiting.ts';

/** A function as Lambda calls it, with whatever types it has for its event and context; it need not be one of `kafkaHandler`. */
export type PlayedHandler = (event: never, context: never, callback: never) => unknown;

export interface PlayOptions<Effect = unknown> extends MappingStyle {
  readonly faults?: DeliveryFaults;
  /**
   * How many records a delivery has at most. Records of a partition wait until those before them are resolved. @default all of them
   */
  readonly batchSize?: number;
  /** How often the same records are delivered before the play is given up. @default 10 */
  readonly patience?: number;
  /** The context of each invocation. @default one with 30 s on a clock that stands still */
  readonly context?: () => InvocationContext;
  /** A list to which what is tested adds whatever it does; the play tells which delivery added what. */
  readonly effects?: readonly Effect[];
}

/** What happened. Records are named by their positions: `order-events-2@1042`. */
export interface Play<Effect = unknown> {
  readonly deliveries: readonly Delivery<Effect>[];
  /** Each time that a partition's committed offset moved: never past a record that is not resolved. */
  readonly commits: readonly Commit[];
  /** Everything that was done, in order, by all deliveries together. */
  readonly effects: readonly Effect[];
  /** Records that the mapping counts as done, in the order in which it came to that. */
  readonly resolved: readonly string[];
  /** Records that were still coming again when the play was given up. */
  readonly unresolved: readonly string[];
}

/**
 * Delivers records to a function as an event source mapping would, in memory, and again what is not resolved, until all of it is or patience
 * ends.
 *
 * The function gets a frozen copy of each event, and its answer is read as Lambda reads it.
 *
 * @example
 * const mails: string[] = [];
 * const play = await playMapping(handler, records, { reading: 'from-lowest', faults: ['answer-lost'], effects: mails });
 * expect(play.unresolved).toEqual([]);
 *
 * @throws LanewiseError INVALID_OPTION
 */
export async function playMapping<Effect = unknown>(
  handler: PlayedHandler,
  records: readonly TestRecord[],
  options: PlayOptions<Effect> = {},
): Promise<Play<Effect>> {
  const { patience = 10, batchSize = Math.max(1, records.length), effects = [] } = options;
  checkPlay(records, { patience, batchSize });
  const deliveries: Delivery<Effect>[] = [];
  const commits: Commit[] = [];
  const progress = progressOf(records);
  const deliverGroup = async (group: Group) => {
    const fault = faultOf(options.faults, deliveries.length + 1);
    const { context = aLambdaContext, ...style } = options;
    const retry = group.deliveries > 0;
    const delivery = await deliver(handler, group.records, { style, retry, fault, context, effects });
    deliveries.push(delivery);
    if (fault === 'rebalanced') return progress.rewind(group.records);
    const moved = progress.resolve(delivery.resolved);
    commits.push(...moved.map((commit) => ({ delivery: deliveries.length, ...commit })));
    const resolved = new Set(delivery.resolved);
    return group.records.filter((record) => !resolved.has(record));
  };
  let waiting = inBatches(records, batchSize);
  for (let before = -1; deliveries.length > before; ) {
    before = deliveries.length;
    waiting = await playRound(waiting, { patience, grouping: options.grouping, deliver: deliverGroup });
  }
  return {
    deliveries,
    commits,
    effects: deliveries.flatMap((delivery) => delivery.effects),
    resolved: [...new Set(deliveries.flatMap((delivery) => delivery.resolved.map(formatPosition)))],
    unresolved: waiting.flatMap((group) => group.records.map(formatPosition)),
  };
}
