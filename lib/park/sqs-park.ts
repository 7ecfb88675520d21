import { type MessageAttributeValue, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Park } from './park.ts';
import type { ParkedSummary } from './parked-document.ts';
import { type OverflowOptions, type ParkOptions, parking, requiredText } from './parking.ts';

export interface SqsParkOptions extends ParkOptions, OverflowOptions {
  /** Usually `process.env.PARKING_QUEUE_URL`. */
  readonly queueUrl: string | undefined;
  /** @default a client of its own, configured by the environment */
  readonly client?: Pick<SQSClient, 'send'>;
}

/**
 * Parks records in an SQS queue: the body is a `ParkedDocument` in JSON, its attributes tell group, topic, partition, offset and code.
 *
 * A record that is too large for SQS goes to `overflow`. Without one it is not parked: it fails, and ends where the event source mapping
 * sends what it gives up on.
 *
 * @throws LanewiseError INVALID_OPTION without queue URL or group
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export function sqsPark(options: SqsParkOptions): Park {
  const queueUrl = requiredText('sqsPark', 'queueUrl', options.queueUrl);
  const { client = new SQSClient({}) } = options;
  return parking(
    {
      name: 'sqsPark',
      service: 'SQS',
      // Of the body together with its attributes.
      largest: 1_048_576,
      sizeOf: (document, json) => Buffer.byteLength(json) + sizeOf(attributesOf(document)),
      write: (document, json) =>
        client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: json,
            MessageAttributes: attributesOf(document),
          }),
        ),
    },
    options,
  );
}

function attributesOf(document: ParkedSummary): Record<string, MessageAttributeValue> {
  return {
    group: { DataType: 'String', StringValue: document.group },
    topic: { DataType: 'String', StringValue: document.topic },
    partition: { DataType: 'Number', StringValue: String(document.partition) },
    offset: { DataType: 'Number', StringValue: String(document.offset) },
    code: { DataType: 'String', StringValue: document.error.code },
  };
}

function sizeOf(attributes: Readonly<Record<string, MessageAttributeValue>>): number {
  return Object.entries(attributes)
    .flatMap(([name, { DataType = '', StringValue = '' }]) => [name, DataType, StringValue])
    .reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}
