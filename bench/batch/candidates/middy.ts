import middyCore from '@middy/core';
import eventNormalizer from '@middy/event-normalizer';
import type { KafkaEvent, KafkaEventRecord } from '../../../lib/event/kafka-event.ts';
import type { OpenHandler, OrderValue, Situation, Tally } from '../situation.ts';

// biome-ignore lint/suspicious/noExplicitAny: the context is handed through and never read.
const context = { getRemainingTimeInMillis: () => 60_000 } as any;

/**
 * The core with its event normalizer, which decodes values and nothing else: keys and headers are the handler's own work. Its records run
 * in order here; the packages that would run them all at once are not on the registry.
 */
export const middy: OpenHandler = (situation, tally) => {
  const visit = visitorOf(situation, tally);
  const handle = situation.handler === 'no-op' ? visit : async (record: KafkaEventRecord) => visit(record);
  const handler = middyCore(async (event: unknown) => {
    for (const records of Object.values((event as KafkaEvent).records)) {
      for (const record of records) await handle(record);
    }
    return { batchItemFailures: [] };
  }).use(eventNormalizer());
  return (event) => handler(event, context);
};

function visitorOf({ fields, reads }: Situation, tally: Tally): (record: KafkaEventRecord) => void {
  return ({ key, value, headers }) => {
    tally.records += 1;
    for (let read = 0; read < reads; read += 1) tally.sum += (value as unknown as OrderValue).sequence;
    if (fields === 'value') return;
    tally.sum += Buffer.from(key ?? '', 'base64').toString().length;
    for (const header of headers ?? []) {
      for (const [name, bytes] of Object.entries(header)) {
        tally.sum += name.length + Buffer.from(bytes).toString().length;
      }
    }
  };
}
