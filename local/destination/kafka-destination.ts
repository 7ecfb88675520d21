import type { Knobs } from '../mapping/knobs.ts';
import { randomUuid } from '../mapping/support/random-uuid.ts';
import type { RecordSource } from '../source/record-source.ts';
import { buildKafkaRecord } from './destination-record.ts';
import type { DiscardDestination, DiscardedBatch } from './discarded-batch.ts';

export interface KafkaDestinationOptions {
  readonly source: Pick<RecordSource, 'produce'>;
  readonly topic: string;
  readonly knobs: Pick<Knobs, 'dltCondition' | 'dltBatchInfo' | 'dltKey'>;
  readonly random: () => number;
}

/** `kafka://topic`: a topic of the same cluster (R114, documented). */
export function kafkaDestination({
  source,
  topic,
  knobs,
  random,
}: KafkaDestinationOptions): DiscardDestination {
  return {
    deliver: async (batch) => {
      const value = Buffer.from(JSON.stringify(buildKafkaRecord(batch, knobs)));
      // R126: the guide says the original key, a real run showed one of Lambda's own; a knob.
      const key = knobs.dltKey === 'opaque' ? Buffer.from(randomUuid(random)) : originalKey(batch);
      await source.produce(topic, [{ key, value }]);
    },
  };
}

/** The first record's; without one, the partitions take turns. */
function originalKey(batch: DiscardedBatch): Buffer | null {
  const key = Object.values(batch.payload.records).flat()[0]?.key;
  return key === undefined || key === null ? null : Buffer.from(key, 'base64');
}
