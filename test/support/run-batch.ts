import { bytes, type ConsumerRecord, type KafkaHandlerOptions, kafkaHandler } from '../../lib/index.ts';
import { aLambdaContext, buildKafkaEvent, type TestRecord } from '../../lib/testing/index.ts';

/** Runs one batch through a handler of its own and returns the positions it reports. */
export async function runBatch(
  records: readonly TestRecord[],
  options: Partial<KafkaHandlerOptions<unknown, unknown>> = {},
  context = aLambdaContext(),
): Promise<readonly string[]> {
  const handler = kafkaHandler<unknown, unknown>({ value: bytes, handle: () => {}, ...options });
  const answer = await handler(buildKafkaEvent(records), context);
  return answer.batchItemFailures.map(
    ({ itemIdentifier }) => `${itemIdentifier.partition}@${itemIdentifier.offset}`,
  );
}

/** A `handle` that remembers the positions it was given, and fails at some of them. */
export function remembering(...failAt: readonly string[]) {
  const seen: string[] = [];
  const handle = (record: ConsumerRecord<unknown, unknown>) => {
    seen.push(String(record));
    if (failAt.includes(String(record))) throw new Error('not now');
  };
  return { seen, handle };
}
