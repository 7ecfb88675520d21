import type { Attributes } from '@opentelemetry/api';
import type { RecordPosition } from '../../event/topic-partition.ts';

/**
 * Names of the messaging conventions, which are in development, so that they are written here rather than imported.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/messaging/kafka/
 */
export interface ConsumerIdentity {
  readonly group: string | undefined;
}

/** Low in number: what metrics may have. */
export function topicAttributes(topic: string, { group }: ConsumerIdentity): Attributes {
  return {
    'messaging.system.name': 'kafka',
    // Its name before version 1.45 of the conventions, by which most backends know it.
    'messaging.system': 'kafka',
    'messaging.operation.name': 'process',
    'messaging.destination.name': topic,
    ...(group !== undefined && { 'messaging.consumer.group.name': group }),
  };
}

/** The key is left out, although the conventions have a name for it: it belongs to the payload. */
export function recordAttributes(record: RecordPosition, identity: ConsumerIdentity): Attributes {
  return {
    ...topicAttributes(record.topic, identity),
    'messaging.operation.type': 'process',
    'messaging.destination.partition.id': String(record.partition),
    'messaging.kafka.offset': record.offset,
  };
}
