import { BasePartialBatchProcessor } from '@aws-lambda-powertools/batch';

/** A record as Powertools' Kafka consumer hands it over. */
export interface PowertoolsRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: unknown;
  readonly value: unknown;
  readonly headers: readonly Readonly<Record<string, string>>[] | null;
}

/** What Powertools' batch package needs to answer for Kafka, which it does not know. */
export class KafkaProcessor extends BasePartialBatchProcessor {
  override async processRecord(record: never) {
    try {
      return this.successHandler(record, await this.handler(record, this.options?.context));
    } catch (error) {
      return this.failureHandler(record, error as Error);
    }
  }

  override processRecordSync(): never {
    throw new Error('records are processed asynchronously');
  }

  /** Instead of identifiers for a queue: those of a Kafka batch. */
  override clean(): void {
    const failures = this.failureMessages.map((record) => {
      const { topic, partition, offset } = record as unknown as PowertoolsRecord;
      return { itemIdentifier: { partition: `${topic}-${partition}`, offset } };
    });
    this.batchResponse = { batchItemFailures: failures as never };
  }
}
