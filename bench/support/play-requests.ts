import type { KafkaEvent } from '../../lib/event/kafka-event.ts';
import { json, type KafkaHandlerOptions, kafkaHandler } from '../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent } from '../../lib/testing/index.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import type { CountedDynamodb } from './counted-dynamodb.ts';

/** Options for one batch. Each batch is another group's, that has done nothing yet. */
export type RequestCase = (group: string) => Omit<KafkaHandlerOptions<unknown>, 'value'>;

export interface RequestResult {
  readonly name: string;
  /** Milliseconds a batch. */
  readonly time: Spread;
  readonly reads: number;
  readonly writes: number;
  /** By command. */
  readonly requests: string;
}

export interface RequestPlay {
  readonly records: number;
  readonly partitions: number;
  readonly rounds: number;
}

/** All cases in turn, in every round; the first round is not counted. */
export async function playRequests(
  cases: Readonly<Record<string, RequestCase>>,
  dynamodb: CountedDynamodb,
  play: RequestPlay,
): Promise<readonly RequestResult[]> {
  const event = eventOf(play);
  const samples = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
  const counts = new Map<string, ReadonlyMap<string, number>>();
  for (let round = 0; round <= play.rounds; round += 1) {
    for (const [name, make] of Object.entries(cases)) {
      dynamodb.takeCounts();
      const took = await playBatch(event, make(`${name} ${round}`));
      counts.set(name, dynamodb.takeCounts());
      if (round > 0) samples.get(name)?.push(took);
    }
  }
  return Array.from(samples, ([name, times]) => resultOf(name, times, counts.get(name) ?? new Map()));
}

async function playBatch(event: KafkaEvent, options: ReturnType<RequestCase>): Promise<number> {
  const handler = kafkaHandler({ value: json(), ...options });
  const context = aLambdaContext({ now: Date.now });
  const start = performance.now();
  const { batchItemFailures } = await handler(event, context);
  const took = performance.now() - start;
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records failed`);
  return took;
}

function eventOf({ records, partitions }: RequestPlay): KafkaEvent {
  return buildKafkaEvent(
    Array.from({ length: records }, (_, index) =>
      aRecord({
        partition: index % partitions,
        offset: Math.floor(index / partitions),
        value: { sequence: index },
      }),
    ),
  );
}

function resultOf(
  name: string,
  times: readonly number[],
  counts: ReadonlyMap<string, number>,
): RequestResult {
  const sum = (matches: RegExp) =>
    Array.from(counts).reduce((total, [command, count]) => total + (matches.test(command) ? count : 0), 0);
  return {
    name,
    time: spreadOf(times),
    reads: sum(/Get|Query/),
    writes: sum(/Put|Update|Delete|Write/),
    requests: Array.from(counts, ([command, count]) => `${count} ${command.replace('Command', '')}`).join(
      ', ',
    ),
  };
}
