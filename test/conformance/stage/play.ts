import type { DiscardedBatch } from '../../../local/destination/discarded-batch.ts';
import { kafkaDestination } from '../../../local/destination/kafka-destination.ts';
import { type Knobs, readKnobs } from '../../../local/mapping/knobs.ts';
import type { MappingConfig } from '../../../local/mapping/mapping-config.ts';
import type { MappingNotice } from '../../../local/mapping/mapping-output.ts';
import type { MappingStatus } from '../../../local/mapping/mapping-status.ts';
import { type RunningMapping, startMapping } from '../../../local/mapping/run-mapping.ts';
import { seededRandom } from '../../../local/random.ts';
import type { ProducedRecord } from '../../../local/source/record-source.ts';
import type { Scenario, Step, TopicData } from '../scenario.ts';
import { type ObservedSource, observedSource } from './observed-source.ts';
import { scenarioSchema } from './scenario-schema.ts';
import { type ScriptedFunction, scriptedFunction } from './scripted-function.ts';
import type { Stage } from './stage.ts';
import { producedRecords } from './topic-records.ts';
import type { Variant } from './variant.ts';

/** What happened when a scenario was played. */
export interface Played {
  readonly topic: string;
  readonly brokers: string;
  readonly startedAt: number;
  readonly function: ScriptedFunction;
  readonly commits: ObservedSource['commits'];
  readonly discards: readonly DiscardedBatch[];
  /** What a `kafka://` destination wrote. */
  readonly deadLetters: readonly ProducedRecord[];
  readonly notices: readonly MappingNotice[];
  readonly status: MappingStatus;
}

interface Playing {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly topic: string;
  readonly config: MappingConfig;
  readonly knobs: Knobs;
  readonly startedAt: number;
  readonly source: ObservedSource;
  readonly function: ScriptedFunction;
  readonly discards: DiscardedBatch[];
  readonly deadLetters: ProducedRecord[];
  readonly notices: MappingNotice[];
  readonly ends: Map<number, number>;
  readonly mappings: RunningMapping[];
  last: MappingStatus | undefined;
}

/** Virtual milliseconds after which a scenario has gone wrong. */
const LIMIT = 4 * 3_600_000;

let plays = 0;

export async function playScenario(scenario: Scenario, variant: Variant, stage: Stage): Promise<Played> {
  plays += 1;
  const topic = stage.kind === 'embedded' ? 'shop-orders-2' : `conformance-${plays}-${Date.now()}`;
  const playing = prepare(scenario, variant, { stage, topic });
  await playing.source.createTopic(topic, Math.max(1, scenario.topic?.length ?? 0));
  try {
    for (const step of scenario.steps ?? DEFAULT_STEPS) await doStep(playing, step);
    return ended(playing);
  } finally {
    for (const mapping of playing.mappings.splice(0)) await leave(playing, mapping, true);
  }
}

const DEFAULT_STEPS: readonly Step[] = [{ do: 'produce', topic: [] }, { do: 'start' }, { do: 'drain' }];

function prepare(
  scenario: Scenario,
  variant: Variant,
  { stage, topic }: { readonly stage: Stage; readonly topic: string },
): Playing {
  const startedAt = stage.clock.now();
  const time = { clock: stage.clock, duration: stage.kind === 'kafka' ? 0 : (scenario.duration ?? 10) };
  return {
    scenario,
    stage,
    topic,
    startedAt,
    config: configOf(scenario, stage, topic),
    knobs: readKnobs({ backoff: stage.backoff, ...variant, ...scenario.knobs }),
    source: observedSource(stage.source, scenario.failing),
    function: scriptedFunction(topic, scenario.answers ?? [], time),
    discards: [],
    deadLetters: [],
    notices: [],
    ends: new Map(),
    mappings: [],
    last: undefined,
  };
}

export const ARN = 'arn:aws:kafka:eu-central-1:000011112222:cluster/shop/0f1e2d3c-4';

/** A mapping in provisioned mode with partial answers, two retries and no destination. */
function configOf(scenario: Scenario, stage: Stage, topic: string): MappingConfig {
  const records = producedRecords(scenario.topic ?? [], 0).length;
  return {
    consumer: 'orders',
    uuid: '11111111-2222-4333-8444-555555555555',
    functionArn: 'arn:aws:lambda:eu-central-1:000011112222:function:orders',
    topic,
    group: `group-of-${topic}`,
    source: { kind: 'msk', arn: ARN },
    enabled: true,
    startingPosition: { kind: 'TRIM_HORIZON' },
    // On Kafka partitions have their records at different times: the first batch waits for all of them.
    batchSize: stage.kind === 'kafka' ? Math.max(1, records) : 100,
    batchingWindow: stage.window,
    maximumRetryAttempts: 2,
    maximumRecordAge: -1,
    bisectBatchOnFunctionError: false,
    reportBatchItemFailures: true,
    provisioned: { minimumPollers: 1, maximumPollers: 1 },
    destination: undefined,
    filters: [],
    ...scenario.config,
  };
}

async function doStep(playing: Playing, step: Step): Promise<void> {
  const { stage } = playing;
  const [mapping] = playing.mappings;
  switch (step.do) {
    case 'produce':
      return produce(playing, step.topic.length > 0 ? step.topic : (playing.scenario.topic ?? []));
    case 'start':
    case 'join':
      playing.mappings.push(start(playing, step.do === 'start' ? step.config : undefined));
      return;
    case 'drain':
      return stage.until(() => isDrained(playing), LIMIT);
    case 'pass':
      return pass(playing, step.ms);
    case 'until':
      return stage.until(() => playing.function.answered() >= step.deliveries, LIMIT);
    case 'disable':
      return mapping && settled(playing, mapping.disable());
    case 'enable':
      return mapping?.enable();
    case 'crash':
    case 'stop':
      playing.mappings.shift();
      return mapping && leave(playing, mapping, step.do === 'crash');
    case 'skip-offsets':
      playing.ends.set(step.partition, (playing.ends.get(step.partition) ?? 0) + step.count);
      return stage.embedded?.skipOffsets(playing.topic, step.partition, step.count);
    case 'add-partitions':
      return stage.embedded?.addPartitions(playing.topic, step.partitions);
    case 'truncate':
      return playing.source.truncate(step.partition, step.before);
  }
}

async function produce({ source, topic, startedAt, ends }: Playing, data: TopicData): Promise<void> {
  const records = producedRecords(data, startedAt, (partition) => ends.get(partition) ?? 0);
  for (const { partition = 0 } of records) ends.set(partition, (ends.get(partition) ?? 0) + 1);
  if (records.length > 0) await source.produce(topic, records);
}

function start(playing: Playing, config: Partial<MappingConfig> = {}): RunningMapping {
  const { stage, scenario, knobs, source } = playing;
  const merged = { ...playing.config, ...config };
  const destination =
    merged.destination?.kind === 'kafka'
      ? kafkaDestination({
          source: { produce: async (_topic, records) => writeDeadLetters(playing, records) },
          topic: merged.destination.topic,
          knobs,
          random: seededRandom(1),
        })
      : undefined;
  let failing = scenario.failing?.deliveries ?? 0;
  return startMapping(merged, {
    source,
    invoker: playing.function,
    destination: {
      deliver: async (batch) => {
        if (failing-- > 0) throw new Error('the destination is not there');
        playing.discards.push(batch);
        await destination?.deliver(batch);
      },
    },
    clock: stage.clock,
    random: seededRandom(1),
    knobs,
    schema: scenario.schema === undefined ? undefined : scenarioSchema(scenario.schema),
    observer: (notice) => playing.notices.push(notice),
    limits: scenario.limits,
  });
}

function writeDeadLetters({ deadLetters }: Playing, records: readonly ProducedRecord[]) {
  deadLetters.push(...records);
  return records.map((_, offset) => ({ partition: 0, offset }));
}

/** What was produced is committed, by whichever process has the partition. */
function isDrained({ mappings, source, ends }: Playing): boolean {
  const committed = (partition: number) => source.commits.get(partition)?.at(-1) ?? 0;
  return (
    mappings.every((mapping) => mapping.drained()) && [...ends].every(([at, end]) => committed(at) >= end)
  );
}

async function pass({ stage }: Playing, ms: number): Promise<void> {
  let passed = false;
  stage.clock.setTimer(ms, () => {
    passed = true;
  });
  await stage.until(() => passed, ms + 1);
}

/** Waits for a promise while time passes. */
async function settled({ stage }: Playing, promise: Promise<void>): Promise<void> {
  let done = false;
  const marked = promise.finally(() => {
    done = true;
  });
  await stage.until(() => done, LIMIT);
  await marked;
}

async function leave(playing: Playing, mapping: RunningMapping, abort: boolean): Promise<void> {
  await settled(playing, mapping.stop({ abort }));
  playing.last = mapping.status();
}

function ended(playing: Playing): Played {
  const { topic, startedAt, discards, deadLetters, notices } = playing;
  const status = playing.mappings[0]?.status() ?? playing.last;
  if (status === undefined) throw new Error('the scenario starts no mapping');
  const { commits, bootstrapServers: brokers } = playing.source;
  return {
    topic,
    brokers,
    startedAt,
    function: playing.function,
    commits,
    discards,
    deadLetters,
    notices,
    status,
  };
}
