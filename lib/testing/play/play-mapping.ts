import { formatPosition } from '../../event/topic-partition.ts';
import type { InvocationContext } from '../../lanes/time-budget.ts';
import { aLambdaContext } from '../a-lambda-context.ts';
import type { TestRecord } from '../a-record.ts';
import { type Commit, commitsOf } from './commits.ts';
import { type Delivery, deliver } from './deliver.ts';
import { type DeliveryFaults, faultOf, type MappingStyle } from './mapping-style.ts';

/** A function as Lambda calls it; it need not be one of `kafkaHandler`. */
export type PlayedHandler = (event: unknown, context: InvocationContext) => unknown;

export interface PlayOptions<Effect = unknown> extends MappingStyle {
  readonly faults?: DeliveryFaults;
  /** How many records a delivery has at most. @default all of them */
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
 */
export async function playMapping<Effect = unknown>(
  handler: PlayedHandler,
  records: readonly TestRecord[],
  options: PlayOptions<Effect> = {},
): Promise<Play<Effect>> {
  const { patience = 10, batchSize = Math.max(1, records.length), effects = [] } = options;
  const deliveries: Delivery<Effect>[] = [];
  let waiting = inBatches(records, batchSize);
  for (let round = 0; waiting.length > 0 && round < patience; round++) {
    const again: TestRecord[] = [];
    for (const batch of waiting) {
      const fault = faultOf(options.faults, deliveries.length + 1);
      const context = options.context ?? aLambdaContext;
      deliveries.push(
        await deliver(handler, batch, { style: options, retry: round > 0, fault, context, effects }),
      );
      again.push(...batch.filter((record) => !deliveries.at(-1)?.resolved.includes(record)));
    }
    waiting = grouped(again, options.grouping).flatMap((group) => inBatches(group, batchSize));
  }
  return {
    deliveries,
    commits: commitsOf(records, deliveries),
    effects: deliveries.flatMap((delivery) => delivery.effects),
    resolved: deliveries.flatMap((delivery) => delivery.resolved.map(formatPosition)),
    unresolved: waiting.flat().map(formatPosition),
  };
}

function inBatches(records: readonly TestRecord[], size: number): readonly (readonly TestRecord[])[] {
  const count = Math.ceil(records.length / size);
  return Array.from({ length: count }, (_, index) => records.slice(index * size, (index + 1) * size));
}

function grouped(
  records: readonly TestRecord[],
  grouping: MappingStyle['grouping'],
): readonly (readonly TestRecord[])[] {
  if (grouping !== 'per-partition') return [records];
  return [...Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`).values()];
}
