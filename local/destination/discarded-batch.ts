/** What a mapping gives up on, and where it goes. */
import type { KafkaEvent } from '../../lib/event/kafka-event.ts';

/** The records of one group that the mapping gave up on, with what AWS tells about them. */
export interface DiscardedBatch {
  readonly requestId: string;
  readonly functionArn: string;
  readonly condition: string;
  /** Attempts, the first included. */
  readonly approximateInvokeCount: number;
  /** `null` when the function was not invoked. */
  readonly responseContext: {
    readonly statusCode: number;
    readonly executedVersion: string;
    readonly functionError: string | null;
  } | null;
  /** Epoch milliseconds of the decision. */
  readonly timestamp: number;
  readonly eventSourceArn: string | undefined;
  readonly bootstrapServers: string;
  /** The event with the records, as it would be sent. */
  readonly payload: KafkaEvent;
  /** Bytes of the payload's JSON text. */
  readonly payloadSize: number;
}

/** Rejects when the batch could not be delivered: it then counts as dropped and the lane moves on. */
export interface DiscardDestination {
  deliver(batch: DiscardedBatch): Promise<void>;
}
