import { type Random, randomInteger, seededRandom } from '../random.ts';
import type { ProducedRecord } from '../source/record-source.ts';
import { type PlacedOrder, sampleCancellation, samplePlacedOrder } from './sample-order.ts';
import { planSamples, type SampleKind } from './sample-plan.ts';
import { sampleSchemaViolation, sampleUndecodable } from './sample-rejects.ts';

/** The topic that the sample orders are made for. */
export const sampleTopic = 'order-events';

export interface SampleOptions {
  /** How many records, exactly. */
  readonly count: number;
  /** The same seed gives the same records; another seed gives other order ids. */
  readonly seed: number;
}

/** What is remembered while the records are made, one after the other. */
interface Progress {
  readonly random: Random;
  readonly seed: number;
  /** Orders that have been placed and not cancelled. */
  readonly open: PlacedOrder[];
}

const headers = [
  ['content-type', Buffer.from('application/json')],
  ['producer', Buffer.from('lanewise-samples')],
] as const;

/**
 * Records for topic `order-events`: mostly orders, one in ten a cancellation of an order before it, one in a hundred
 * undecodable, one in a hundred in violation of the contract. From 20 records on there is at least one of each.
 */
export function sampleOrders({ count, seed }: SampleOptions): readonly ProducedRecord[] {
  const random = seededRandom(seed);
  const progress: Progress = { random, seed, open: [] };
  return planSamples(count, random).map((kind, index) => sampleRecord(kind, index, progress));
}

function sampleRecord(kind: SampleKind, index: number, progress: Progress): ProducedRecord {
  const { random, open } = progress;
  const orderId = `o-${progress.seed}-${1001 + index}`;
  // Times rise with the records, and are the same in every run.
  const occurredAt = new Date(Date.UTC(2026, 10, 23, 10) + index * 1_000).toISOString();
  switch (kind) {
    case 'undecodable':
      return { key: Buffer.from(orderId), value: sampleUndecodable(random, orderId), headers };
    case 'schema-violation':
      return asJson(
        orderId,
        sampleSchemaViolation(random, samplePlacedOrder({ random, orderId, occurredAt })),
      );
    case 'cancellation': {
      const [cancelled] = open.splice(randomInteger(random, 0, open.length - 1), 1);
      if (!cancelled) throw new Error('the plan has more cancellations than orders before them');
      return asJson(cancelled.orderId, sampleCancellation(random, cancelled, occurredAt));
    }
    case 'plain':
    case 'scarce':
    case 'unknown-sku': {
      const order = samplePlacedOrder({ random, orderId, occurredAt, wants: kind });
      open.push(order);
      return asJson(orderId, order);
    }
  }
}

function asJson(orderId: string, event: object): ProducedRecord {
  return { key: Buffer.from(orderId), value: Buffer.from(JSON.stringify(event)), headers };
}
