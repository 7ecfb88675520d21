import { EventType } from '@aws-lambda-powertools/batch';
import { kafkaConsumer, SchemaType } from '@aws-lambda-powertools/kafka';
import type { OpenHandler, OrderValue, Situation, Tally } from '../situation.ts';
import { KafkaProcessor, type PowertoolsRecord } from './kafka-processor.ts';

const schema = { value: { type: SchemaType.JSON } } as const;
// biome-ignore lint/suspicious/noExplicitAny: the context is handed through and never read.
const context = {} as any;

/** As its documentation shows it: one loop over all records; what throws fails the whole batch. */
export const powertoolsKafka: OpenHandler = (situation, tally) => {
  const visit = visitorOf(situation, tally);
  const handle = handlerOf(situation, visit);
  const handler = kafkaConsumer(async (event) => {
    for (const record of event.records as unknown as readonly PowertoolsRecord[]) await handle(record);
  }, schema);
  return (event) => handler(event as never, context);
};

/** With partial answers: its batch package knows no Kafka, so the adapter that it leaves to its users is written here. */
export const powertoolsBatch: OpenHandler = (situation, tally) => {
  const handle = handlerOf(situation, visitorOf(situation, tally));
  const handler = kafkaConsumer(async (event) => {
    const processor = new KafkaProcessor(EventType.SQS);
    processor.register(event.records as never, handle as never, { processInParallel: false });
    await processor.process();
    return processor.response();
  }, schema);
  return (event) => handler(event as never, context);
};

function handlerOf({ handler }: Situation, visit: (record: PowertoolsRecord) => void) {
  return handler === 'no-op' ? visit : async (record: PowertoolsRecord) => visit(record);
}

function visitorOf({ fields, reads }: Situation, tally: Tally): (record: PowertoolsRecord) => void {
  return (record) => {
    tally.records += 1;
    for (let read = 0; read < reads; read += 1) tally.sum += (record.value as OrderValue).sequence;
    if (fields === 'value') return;
    tally.sum += String(record.key).length;
    for (const header of record.headers ?? []) {
      for (const [name, text] of Object.entries(header)) tally.sum += name.length + text.length;
    }
  };
}
