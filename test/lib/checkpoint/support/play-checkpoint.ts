import {
  type DynamodbCheckpointOptions,
  dynamodbCheckpoint,
} from '../../../../lib/checkpoint/dynamodb/dynamodb-checkpoint.ts';
import type { DocumentClient } from '../../../../lib/checkpoint/dynamodb/table.ts';
import { bytes, type KafkaBatchResponse, kafkaHandler, type Ordering } from '../../../../lib/index.ts';
import { aLambdaContext, buildKafkaEvent, type TestRecord } from '../../../../lib/testing/index.ts';
import { type EnvironmentPlan, environment, Rounds } from './faults.ts';
import type { Ledger } from './shop-of-effects.ts';

export interface PlayPlan {
  readonly ordering: Ordering;
  readonly reading: 'listed-only' | 'from-lowest';
  readonly batches: readonly (readonly TestRecord[])[];
  /** Of the first invocations; those after them have no fault. */
  readonly environments: readonly EnvironmentPlan[];
  /** After which of the first invocations the whole batch is delivered again, whatever was answered. */
  readonly rebalances: readonly boolean[];
}

export interface PlaySetting {
  readonly client: DocumentClient;
  readonly table: string;
  readonly group: string;
  readonly ledger: Ledger;
  readonly checkpointOptions?: Partial<DynamodbCheckpointOptions>;
}

const faultless: EnvironmentPlan = { fault: undefined, at: 0, rounds: 0, delay: 0 };
/** No record fails more often than that, and no plan has more faults. */
const patience = 40;

/** Delivers each batch until it is resolved, then all of them once more. Resolves when the last zombie is at rest. */
export async function playCheckpoint(plan: PlayPlan, setting: PlaySetting): Promise<void> {
  const rounds = new Rounds();
  let invocation = 0;
  const invoke = async (records: readonly TestRecord[], own: EnvironmentPlan) => {
    const answer = await start(records, { plan, own, setting, rounds });
    rounds.next();
    return answer;
  };
  const settle = async (batch: readonly TestRecord[]) => {
    let open = batch;
    for (let round = 0; open.length > 0; round++) {
      if (round > patience)
        throw new Error(`not resolved after ${patience} deliveries: ${open.length} records`);
      const own = plan.environments[invocation] ?? faultless;
      const again = plan.rebalances[invocation] ?? false;
      invocation++;
      const answer = await invoke(open, own);
      open = again ? batch : unresolved(open, answer, plan.reading);
    }
  };
  for (const batch of plan.batches) await settle(batch);
  rounds.end();
  await setting.ledger.rest();
  for (const batch of plan.batches) await settle(batch);
}

interface Start {
  readonly plan: PlayPlan;
  readonly own: EnvironmentPlan;
  readonly setting: PlaySetting;
  readonly rounds: Rounds;
}

/** `undefined` when the environment was lost before it answered. */
async function start(
  records: readonly TestRecord[],
  { plan, own, setting, rounds }: Start,
): Promise<KafkaBatchResponse | undefined> {
  const { call, timer, lost } = environment(own, rounds);
  const { client, table, group, ledger, checkpointOptions } = setting;
  const request = (...args: Parameters<DocumentClient['send']>): Promise<unknown> =>
    call(() => ledger.watch(async () => client.send(...args)), args[0].constructor.name);
  const send = request as unknown as DocumentClient['send'];
  const handler = kafkaHandler<Buffer, Buffer>({
    value: bytes,
    key: bytes,
    ordering: plan.ordering,
    checkpoint: dynamodbCheckpoint({
      tableName: table,
      group,
      client: { send },
      timeout: 60_000,
      ...checkpointOptions,
    }),
    park: (record) => ledger.park(String(record)),
    timer,
    handle: (record) => {
      ledger.start(record);
      return call(async () => ledger.handle(record));
    },
  });
  const answer = handler(buildKafkaEvent(records), aLambdaContext());
  const raced = await Promise.race([answer, lost]);
  return raced === 'lost' ? undefined : raced;
}

function unresolved(
  records: readonly TestRecord[],
  answer: KafkaBatchResponse | undefined,
  reading: PlayPlan['reading'],
): readonly TestRecord[] {
  if (answer === undefined) return records;
  return records.filter((record) => {
    const listed = answer.batchItemFailures
      .map(({ itemIdentifier }) => itemIdentifier)
      .filter(({ partition }) => partition === `${record.topic}-${record.partition}`)
      .map(({ offset }) => offset);
    return reading === 'listed-only' ? listed.includes(record.offset) : record.offset >= Math.min(...listed);
  });
}
