import type { KafkaEvent } from '../../lib/event/kafka-event.ts';
import { DEFAULT_KNOBS } from '../../local/mapping/knobs.ts';
import { startMapping } from '../../local/mapping/run-mapping.ts';
import { createEmbeddedSource } from '../../local/source/embedded-source.ts';
import { aMapping, topic } from '../support/a-mapping.ts';
import { produceOrders } from '../support/produce-orders.ts';
import type { Consumer, Work } from './consumers.ts';

export interface Play {
  readonly records: number;
  readonly partitions: number;
  /** Every so many-th record fails once. */
  readonly failEvery: number;
}

export interface Played {
  readonly milliseconds: number;
  readonly invocations: number;
  /** How often a record was in an event, over all records. */
  readonly deliveries: number;
  readonly mostDeliveries: number;
  /** Records that were done after a later one of their partition. */
  readonly outOfOrder: number;
  readonly done: number;
}

/** Between attempts, so that the comparison is about work and not about waiting. */
const backoff = { initialMs: 1, factor: 1, maximumMs: 1, jitter: 0 };

/** One consumer through the local mapping until everything is done. */
export async function playFailures(consumer: Consumer, play: Play): Promise<Played> {
  const source = createEmbeddedSource();
  await source.createTopic(topic, play.partitions);
  await produceOrders(source, play.records, play.partitions);
  const ledger = createLedger(play);
  const handler = consumer.open(ledger.work);
  const invoker = {
    invoke: async (payload: string) => {
      const event: KafkaEvent = JSON.parse(payload);
      ledger.deliver(event);
      return answerOf(handler, event);
    },
  };
  const start = performance.now();
  const config = aMapping({ reportBatchItemFailures: consumer.partial });
  const mapping = startMapping(config, { source, invoker, knobs: { ...DEFAULT_KNOBS, backoff } });
  await mapping.waitUntilDrained();
  const milliseconds = performance.now() - start;
  await mapping.stop();
  await source.close();
  return { milliseconds, ...ledger.sums() };
}

async function answerOf(handler: (event: KafkaEvent) => Promise<unknown>, event: KafkaEvent) {
  try {
    const answer = await handler(event);
    return { kind: 'returned', payload: JSON.stringify(answer ?? null) } as const;
  } catch {
    const error = { errorType: 'Error', errorMessage: 'a record failed' };
    return { kind: 'function-error', reason: 'thrown', ...error } as const;
  }
}

/** What was delivered and done, by partition and offset. */
function createLedger({ records, partitions, failEvery }: Play) {
  const delivered = new Uint16Array(records);
  const tried = new Uint8Array(records);
  const done = new Uint8Array(records);
  const latest = new Int32Array(partitions).fill(-1);
  let invocations = 0;
  let outOfOrder = 0;
  const place = (partition: number, offset: number) => offset * partitions + partition;
  const work: Work = async ({ partition, offset }) => {
    const index = place(partition, offset);
    const isFirst = tried[index] === 0;
    tried[index] = 1;
    if (isFirst && index % failEvery === failEvery - 1) throw new Error('fails once');
    if (done[index] === 1) return;
    done[index] = 1;
    if (offset < (latest[partition] ?? 0)) outOfOrder += 1;
    latest[partition] = Math.max(latest[partition] ?? 0, offset);
  };
  const deliver = (event: KafkaEvent) => {
    invocations += 1;
    for (const { partition, offset } of Object.values(event.records).flat()) {
      const index = place(partition, offset);
      delivered[index] = (delivered[index] ?? 0) + 1;
    }
  };
  const sums = () => ({
    invocations,
    outOfOrder,
    deliveries: delivered.reduce((sum, count) => sum + count, 0) / records,
    mostDeliveries: delivered.reduce((most, count) => Math.max(most, count), 0),
    done: done.reduce((sum, one) => sum + one, 0),
  });
  return { work, deliver, sums };
}
