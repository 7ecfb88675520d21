import { randomUUID } from 'node:crypto';
import { Consumer, FetchIsolationLevels } from '@platformatic/kafka';
import kafkajs from 'kafkajs';
import { topic } from '../support/a-mapping.ts';

/** Reads that many records of the topic from its beginning with nothing around the client; resolves with the milliseconds it took, joining included. */
export type RawClient = (bootstrap: string, records: number) => Promise<number>;

export const rawClients: Readonly<Record<string, RawClient>> = {
  '@platformatic/kafka, consume() stream': consumeStream,
  '@platformatic/kafka, fetch()': fetchPartitions,
  'kafkajs, eachBatch': kafkajsEachBatch,
};

async function consumeStream(bootstrap: string, records: number): Promise<number> {
  const consumer = new Consumer(options(bootstrap));
  const start = performance.now();
  const stream = await consumer.consume({
    topics: [topic],
    mode: 'earliest',
    autocommit: false,
    maxWaitTime: 200,
  });
  let seen = 0;
  await new Promise<void>((resolve) => {
    stream.on('data', () => {
      seen += 1;
      if (seen === records) resolve();
    });
  });
  const took = performance.now() - start;
  await stream.close();
  await consumer.close();
  return took;
}

async function fetchPartitions(bootstrap: string, records: number): Promise<number> {
  const consumer = new Consumer({
    ...options(bootstrap),
    isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED,
  });
  const start = performance.now();
  const metadata = await consumer.metadata({ topics: [topic] });
  const known = metadata.topics.get(topic);
  if (known === undefined) throw new Error(`there is no topic ${topic}`);
  let seen = 0;
  const read = async (partition: number, node: number) => {
    let offset = 0n;
    while (seen < records) {
      const response = await consumer.fetch({
        node,
        topics: [
          {
            topicId: known.id,
            partitions: [
              {
                partition,
                currentLeaderEpoch: -1,
                fetchOffset: offset,
                lastFetchedEpoch: -1,
                partitionMaxBytes: 1_048_576,
              },
            ],
          },
        ],
        maxWaitTime: 100,
      });
      for (const batch of response.responses[0]?.partitions[0]?.records ?? []) {
        const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
        seen += batch.records.filter(
          ({ offsetDelta }) => batch.firstOffset + BigInt(offsetDelta) >= offset,
        ).length;
        offset = end;
      }
    }
  };
  await Promise.all(known.partitions.map(({ leader }, partition) => read(partition, leader)));
  const took = performance.now() - start;
  await consumer.close();
  return took;
}

async function kafkajsEachBatch(bootstrap: string, records: number): Promise<number> {
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 200 });
  const start = performance.now();
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      seen += batch.messages.length;
      if (seen >= records) resolve();
    },
  });
  await promise;
  const took = performance.now() - start;
  await consumer.disconnect();
  return took;
}

function options(bootstrap: string) {
  return {
    clientId: 'bench',
    groupId: `bench-${randomUUID()}`,
    bootstrapBrokers: [bootstrap],
    autocommit: false,
  };
}
