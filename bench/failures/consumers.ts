import { EventType } from '@aws-lambda-powertools/batch';
import { kafkaConsumer, SchemaType } from '@aws-lambda-powertools/kafka';
import middyCore from '@middy/core';
import eventNormalizer from '@middy/event-normalizer';
import type { KafkaEvent, KafkaEventRecord } from '../../lib/event/kafka-event.ts';
import type { RecordPosition } from '../../lib/index.ts';
import { json, kafkaHandler } from '../../lib/index.ts';
import { KafkaProcessor } from '../batch/candidates/kafka-processor.ts';

/** Rejects when it fails. */
export type Work = (record: RecordPosition) => Promise<void>;

export interface Consumer {
  /** Whether its mapping has ReportBatchItemFailures. */
  readonly partial: boolean;
  readonly open: (work: Work) => (event: KafkaEvent) => Promise<unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: peers hand the context through and never read it.
const context: any = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 };
const schema = { value: { type: SchemaType.JSON } } as const;
const recordsOf = (event: KafkaEvent): readonly KafkaEventRecord[] => Object.values(event.records).flat();

/** Each in the way that its documentation shows. */
export const consumers: Readonly<Record<string, Consumer>> = {
  'lanewise, partition order': {
    partial: true,
    open: (work) => {
      const handler = kafkaHandler({ value: json(), handle: work });
      return (event) => handler(event, context);
    },
  },
  'lanewise, key order': {
    partial: true,
    open: (work) => {
      const handler = kafkaHandler({ value: json(), ordering: 'key', handle: work });
      return (event) => handler(event, context);
    },
  },
  'whole batch again': {
    partial: false,
    open: (work) => async (event) => {
      for (const record of recordsOf(event)) {
        JSON.parse(Buffer.from(record.value ?? '', 'base64').toString());
        await work(record);
      }
    },
  },
  'Powertools kafka': {
    partial: false,
    open: (work) => {
      const handler = kafkaConsumer(async ({ records }) => {
        for (const record of records) await work(record as unknown as RecordPosition);
      }, schema);
      return (event) => handler(event as never, context) as Promise<unknown>;
    },
  },
  'Powertools kafka + batch': {
    partial: true,
    open: (work) => {
      const handler = kafkaConsumer(async ({ records }) => {
        const processor = new KafkaProcessor(EventType.SQS);
        processor.register(records as never, work as never, {});
        await processor.process();
        return processor.response();
      }, schema);
      return (event) => handler(event as never, context) as Promise<unknown>;
    },
  },
  'middy, all at once': {
    partial: true,
    open: (work) => {
      const handler = middyCore(async (event: unknown) => allAtOnce(event as KafkaEvent, work)).use(
        eventNormalizer(),
      );
      return (event) => handler(event, context) as Promise<unknown>;
    },
  },
};

/** What its batch packages do: every record of the batch at once, and exactly the failures are reported. */
async function allAtOnce(event: KafkaEvent, work: Work): Promise<unknown> {
  const records = recordsOf(event);
  const settled = await Promise.allSettled(records.map(work));
  const failed = records.filter((_, index) => settled[index]?.status === 'rejected');
  return {
    batchItemFailures: failed.map(({ topic, partition, offset }) => ({
      itemIdentifier: { partition: `${topic}-${partition}`, offset },
    })),
  };
}
