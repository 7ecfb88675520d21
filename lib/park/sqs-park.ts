import { type MessageAttributeValue, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LanewiseError } from '../errors/lanewise-error.ts';
import type { Park } from './park.ts';
import { type ParkedDocument, parkedDocument } from './parked-document.ts';

export interface SqsParkOptions {
  /** Usually `process.env.PARKING_QUEUE_URL`. */
  readonly queueUrl: string | undefined;
  /** The consumer group, told with each parked record. @default `process.env.KAFKA_CONSUMER_GROUP` */
  readonly group?: string | undefined;
  /** @default a client of its own, configured by the environment */
  readonly client?: Pick<SQSClient, 'send'>;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** SQS takes no more than this in one body with its attributes. */
const largestBody = 1_048_576;

/**
 * Parks records in an SQS queue: the body is a `ParkedDocument` in JSON, its attributes tell group, topic, partition, offset and code.
 *
 * A record that is too large for SQS is not parked: it fails, and ends where the event source mapping sends what it gives up on.
 *
 * @throws LanewiseError INVALID_OPTION without queue URL or group
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export function sqsPark(options: SqsParkOptions): Park {
  const queueUrl = required('queueUrl', options.queueUrl, 'PARKING_QUEUE_URL');
  const group = required('group', options.group ?? process.env.KAFKA_CONSUMER_GROUP, 'KAFKA_CONSUMER_GROUP');
  const { client = new SQSClient({}), now = Date.now } = options;
  return async (record, error) => {
    const document = parkedDocument(record, error, { group, now: now() });
    const body = JSON.stringify(document);
    const attributes = attributesOf(document);
    const size = sizeOf(body, attributes);
    if (size > largestBody) {
      throw new LanewiseError(
        'PARK_FAILED',
        `the record takes ${size} bytes and SQS at most ${largestBody}, so it fails instead of being parked at ${record}`,
      );
    }
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes: attributes }),
    );
  };
}

function attributesOf(document: ParkedDocument): Record<string, MessageAttributeValue> {
  return {
    group: { DataType: 'String', StringValue: document.group },
    topic: { DataType: 'String', StringValue: document.topic },
    partition: { DataType: 'Number', StringValue: String(document.partition) },
    offset: { DataType: 'Number', StringValue: String(document.offset) },
    code: { DataType: 'String', StringValue: document.error.code },
  };
}

function sizeOf(body: string, attributes: Readonly<Record<string, MessageAttributeValue>>): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType = '', StringValue = '' }]) => [
    name,
    DataType,
    StringValue,
  ]);
  return [body, ...texts].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

function required(option: string, value: string | undefined, variable: string): string {
  if (value !== undefined && value !== '') return value;
  throw new LanewiseError(
    'INVALID_OPTION',
    `the option ${option} of sqsPark is ${value === '' ? 'empty' : 'missing'}, expected a text; is the environment variable ${variable} set?`,
  );
}
