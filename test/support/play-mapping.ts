import type { InvocationContext, KafkaBatchResponse, KafkaEvent, KafkaHandler } from '../../lib/index.ts';
import { buildKafkaEvent, type EventStyle, type TestRecord } from '../../lib/testing/index.ts';

/** The two readings of AWS's partial response, and the other things about it that are not documented. */
export interface MappingStyle extends EventStyle {
  /** Only the listed records come again, or everything of the partition from the lowest of them. */
  readonly reading: 'listed-only' | 'from-lowest';
  /** A retry has `records` and nothing else, or what the first delivery had. */
  readonly retries: 'thin' | 'full';
  /** Failed records of several partitions come again in one event, or in one for each partition. */
  readonly grouping: 'merged' | 'per-partition';
}

export interface Delivery {
  readonly event: KafkaEvent;
  readonly records: readonly TestRecord[];
  /** `undefined` when the function threw. */
  readonly answer: KafkaBatchResponse | undefined;
  readonly error: unknown;
  /** The records that the mapping counts as done from now on. */
  readonly resolved: readonly TestRecord[];
}

export interface Play {
  readonly handler: KafkaHandler;
  readonly style: MappingStyle;
  readonly context: () => InvocationContext;
  /** How often the same records may be delivered before the play is given up. */
  readonly patience: number;
}

const envelope = {
  eventSource: 'aws:kafka',
  eventSourceArn:
    'arn:aws:kafka:eu-central-1:000000000000:cluster/shop/0f1e2d3c-aaaa-bbbb-cccc-111122223333-4',
  bootstrapServers: 'b-1.shop.example:9098,b-2.shop.example:9098',
} as const;

/** Delivers one batch, and again what is not resolved, until all of it is or patience ends. */
export async function playMapping(batch: readonly TestRecord[], play: Play): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  let groups: readonly (readonly TestRecord[])[] = [batch];
  for (let round = 0; groups.length > 0 && round < play.patience; round++) {
    const retried: TestRecord[] = [];
    for (const group of groups) {
      const delivery = await deliver(group, play, round > 0);
      deliveries.push(delivery);
      retried.push(...group.filter((record) => !delivery.resolved.includes(record)));
    }
    groups = grouped(retried, play.style.grouping);
  }
  return deliveries;
}

async function deliver(records: readonly TestRecord[], play: Play, retry: boolean): Promise<Delivery> {
  const thin = retry && play.style.retries === 'thin';
  const built = buildKafkaEvent(records, thin ? {} : envelope, play.style);
  const event: KafkaEvent = deepFreeze(JSON.parse(JSON.stringify(built)));
  try {
    const answer: KafkaBatchResponse = JSON.parse(JSON.stringify(await play.handler(event, play.context())));
    const resolved = records.filter((record) => !comesAgain(record, answer, play.style.reading));
    return { event, records, answer, error: undefined, resolved };
  } catch (error) {
    return { event, records, answer: undefined, error, resolved: [] };
  }
}

function comesAgain(
  record: TestRecord,
  answer: KafkaBatchResponse,
  reading: MappingStyle['reading'],
): boolean {
  const own = `${record.topic}-${record.partition}`;
  const listed = answer.batchItemFailures
    .map((failure) => failure.itemIdentifier)
    .filter(({ partition }) => partition === own)
    .map(({ offset }) => offset);
  return reading === 'listed-only' ? listed.includes(record.offset) : record.offset >= Math.min(...listed);
}

function grouped(
  records: readonly TestRecord[],
  grouping: MappingStyle['grouping'],
): readonly (readonly TestRecord[])[] {
  if (records.length === 0) return [];
  if (grouping === 'merged') return [records];
  return [...Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`).values()];
}

/** So that a runtime which changes the event it was given is found out. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
