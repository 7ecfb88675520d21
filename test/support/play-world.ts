import {
  json,
  type KafkaBatchResponse,
  type KafkaHandler,
  kafkaHandler,
  type Ordering,
} from '../../lib/index.ts';
import { type Delivery, type MappingStyle, playMapping } from '../../lib/testing/index.ts';
import { type Happening, positionOf, type RecordPlan, scriptedWorld, type World } from './scripted-world.ts';

export interface Staging {
  readonly plans: readonly RecordPlan[];
  readonly ordering: Ordering;
  readonly style: MappingStyle;
  readonly concurrency?: number;
  /** Whether there is somewhere to park. @default true */
  readonly park?: boolean;
  /** Whether the codec gives promises. @default false */
  readonly asyncCodec?: boolean;
  /** Milliseconds that the function has. */
  readonly timeout?: number;
  readonly patience?: number;
}

export interface Played {
  readonly world: World;
  readonly deliveries: readonly Delivery[];
  /** Records that the mapping counts as done, in the order in which it came to that. */
  readonly resolved: readonly string[];
  /** What was left of the function's time when it answered, in milliseconds, for each delivery. */
  readonly remainingAtAnswer: readonly number[];
}

/** Every play of the plans ends well before: no fate fails, or hangs, more than three times, and a lane has at most 24 records. */
const enough = 100;

/** Plays a batch of planned records through the runtime until it is drained, with calls that end late in the middle of later deliveries. */
export async function playWorld(staging: Staging): Promise<Played> {
  const world = scriptedWorld(staging.plans, staging.timeout);
  const codec = json();
  const handler = kafkaHandler({
    value: staging.asyncCodec ? { ...codec, decode: async (bytes) => codec.decode(bytes) } : codec,
    ordering: staging.ordering,
    concurrency: staging.concurrency ?? 10,
    timer: world.timer,
    ...(staging.park === false ? {} : { park: world.park }),
    handle: (record, context) => {
      world.releaseLate();
      return world.handle(record, context);
    },
  });
  const { style, patience = enough } = staging;
  const remainingAtAnswer: number[] = [];
  const timed: KafkaHandler = async (event, context) => {
    const answer = await handler(event, context);
    remainingAtAnswer.push(context.getRemainingTimeInMillis());
    return answer;
  };
  const { deliveries, resolved } = await playMapping(timed, world.records, {
    ...style,
    context: world.context,
    patience,
  });
  return {
    world,
    deliveries,
    resolved,
    remainingAtAnswer,
  };
}

/** What a delivery brought and what came of it. The lists are in the order of the event. */
export interface Outcome {
  readonly delivered: readonly string[];
  /** In the order in which it happened, in this invocation. */
  readonly started: readonly string[];
  readonly completed: readonly string[];
  readonly failed: readonly string[];
  readonly reported: readonly string[];
}

/** The outcome of each delivery, of those records alone that `which` selects. */
export function outcomes(
  played: Played,
  which: (record: string) => boolean = () => true,
): readonly Outcome[] {
  return played.deliveries.map((delivery, index) => {
    const happened = played.world.happenings.filter(({ invocation }) => invocation === index + 1);
    const of = (...kinds: readonly Happening['kind'][]) =>
      happened
        .filter(({ kind, record }) => kinds.includes(kind) && which(record))
        .map(({ record }) => record);
    return {
      delivered: delivery.records.map(positionOf).filter(which),
      started: of('started'),
      completed: of('done', 'parked'),
      failed: of('failed'),
      reported: reported(delivery).filter(which),
    };
  });
}

function reported(delivery: Delivery): readonly string[] {
  return ((delivery.answer as KafkaBatchResponse | undefined)?.batchItemFailures ?? []).map(
    ({ itemIdentifier }) => `${itemIdentifier.partition}@${itemIdentifier.offset}`,
  );
}
