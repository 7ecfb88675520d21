import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { awsClientConfig, type ServiceEnvironment } from '../services/aws-client-config.ts';

/** A record that a consumer has set aside: where it is and why, never what is in it. */
export interface ParkedRecord {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** `order-events-2@1042`. */
  readonly position: string;
  readonly code: string;
  /** Code and message of the error. */
  readonly reason: string;
}

/** Of the documents that the runtime parks, what is read here. */
const ParkedDocument = z.object({
  group: z.string(),
  topic: z.string(),
  partition: z.int().min(0),
  offset: z.int().min(0),
  error: z.object({ code: z.string(), message: z.string() }),
});

/** Seconds that a document stays hidden from others when we die before we have put it back. */
const hiddenFor = 30;
/** As many as SQS allows in one call. */
const batchSize = 10;

/**
 * Every record in the parking queues, each once for its group, in the order of group and position. The queues keep their
 * documents: they are hidden while they are read and shown again. Two readers at the same time hide them from each other.
 */
export async function readParked(
  queueUrls: readonly string[],
  environment: ServiceEnvironment,
): Promise<readonly ParkedRecord[]> {
  if (queueUrls.length === 0) return [];
  const { SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(awsClientConfig(environment, 'SQS'));
  const found = new Map<string, ParkedRecord>();
  try {
    for (const queueUrl of queueUrls) {
      for (const record of await readQueue(client, queueUrl)) {
        // A record that came again after it was parked is parked again.
        found.set(`${record.group} ${record.position}`, record);
      }
    }
  } finally {
    client.destroy();
  }
  return [...found.values()].sort(byGroupAndPosition);
}

async function readQueue(client: SQSClient, queueUrl: string): Promise<readonly ParkedRecord[]> {
  const { ReceiveMessageCommand } = await import('@aws-sdk/client-sqs');
  const hidden: Message[] = [];
  try {
    for (;;) {
      const answer = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: batchSize,
          VisibilityTimeout: hiddenFor,
        }),
      );
      // Real SQS may answer nothing while it has something; a local one does not.
      if (!answer.Messages?.length) break;
      hidden.push(...answer.Messages);
    }
    return hidden.flatMap((document) => parseParked(document.Body ?? ''));
  } finally {
    await showAgain(client, queueUrl, hidden);
  }
}

async function showAgain(client: SQSClient, queueUrl: string, hidden: readonly Message[]): Promise<void> {
  const { ChangeMessageVisibilityBatchCommand } = await import('@aws-sdk/client-sqs');
  for (let from = 0; from < hidden.length; from += batchSize) {
    const entries = hidden.slice(from, from + batchSize).map((document, index) => ({
      Id: String(index),
      ReceiptHandle: document.ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
  }
}

/** Nothing for a document that somebody else has put there. */
function parseParked(body: string): readonly ParkedRecord[] {
  const document = ParkedDocument.safeParse(parseJson(body));
  if (!document.success) return [];
  const { group, topic, partition, offset, error } = document.data;
  const position = `${topic}-${partition}@${offset}`;
  return [
    {
      group,
      topic,
      partition,
      offset,
      position,
      code: error.code,
      reason: `${error.code}: ${error.message}`,
    },
  ];
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function byGroupAndPosition(left: ParkedRecord, right: ParkedRecord): number {
  return (
    left.group.localeCompare(right.group) ||
    left.topic.localeCompare(right.topic) ||
    left.partition - right.partition ||
    left.offset - right.offset
  );
}
