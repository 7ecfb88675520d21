import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDestination } from '../../../local/destination/create-destination.ts';
import { readKnobs } from '../../../local/mapping/knobs.ts';
import type { DestinationConfig } from '../../../local/mapping/mapping-config.ts';
import { seededRandom } from '../../../local/random.ts';
import { awsClientConfig, type ServiceEnvironment } from '../../../local/services/aws-client-config.ts';
import { createEmbeddedSource } from '../../../local/source/embedded-source.ts';
import type { SourceRecord } from '../../../local/source/record-source.ts';
import { aDiscardedBatch, aSingleRecordBatch, withRecords } from './discarded-batches.ts';

let server: Awaited<ReturnType<typeof startFauxqs>>;
let environment: ServiceEnvironment;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  const endpoint = `http://127.0.0.1:${server.port}`;
  environment = {
    AWS_ENDPOINT_URL_SQS: endpoint,
    AWS_ENDPOINT_URL_SNS: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
  };
});

afterAll(() => server.stop());

function destinationAt(
  destination: DestinationConfig,
  knobs: Readonly<Record<string, unknown>> = {},
  source = createEmbeddedSource(),
) {
  const made = createDestination(
    { uuid: '11111111-2222-4333-8444-555555555555', destination },
    { source, environment, knobs: readKnobs(knobs), random: seededRandom(1) },
  );
  if (made === undefined) throw new Error('a declared destination is made');
  return made;
}

async function aQueue(name: string) {
  const client = new SQSClient(awsClientConfig(environment, 'SQS'));
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: name }));
  const receive = async (): Promise<string[]> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    return Messages.map(({ Body = '' }) => Body);
  };
  return { url: QueueUrl, receive };
}

describe('a discarded batch', () => {
  it('reaches an SQS queue whose address in the template is AWS’s own', async () => {
    const queue = await aQueue('given-up');
    const queueUrl = queue.url.replace(/^http:\/\/[^/]+/, 'https://sqs.us-east-1.amazonaws.com');
    await destinationAt({ kind: 'sqs', queueUrl, arn: 'arn' }).deliver(aDiscardedBatch());
    const [body = '{}'] = await queue.receive();
    expect(JSON.parse(body)).toMatchObject({ KafkaBatchInfo: { batchSize: 3 } });
    expect(body).not.toContain('eyJuIjoxfQ');
  });

  it('reaches the queues that subscribe to an SNS topic', async () => {
    const queue = await aQueue('subscriber');
    const client = new SNSClient(awsClientConfig(environment, 'SNS'));
    const { TopicArn: topicArn = '' } = await client.send(new CreateTopicCommand({ Name: 'given-up' }));
    const Endpoint = `arn:aws:sqs:us-east-1:000000000000:subscriber`;
    const Attributes = { RawMessageDelivery: 'true' };
    await client.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint, Attributes }));
    await destinationAt({ kind: 'sns', topicArn }).deliver(aDiscardedBatch());
    const [body = '{}'] = await queue.receive();
    expect(JSON.parse(body)).toMatchObject({ requestContext: { condition: 'RetryAttemptsExhausted' } });
  });

  it('whose metadata are larger than SNS takes is not delivered', async () => {
    const [one] = aSingleRecordBatch().payload.records['shop-orders-0'] ?? [];
    const entries = Array.from(
      { length: 2500 },
      (_, partition) => [`shop-orders-${partition}`, one === undefined ? [] : [one]] as const,
    );
    const batch = withRecords(Object.fromEntries(entries));
    await expect(destinationAt({ kind: 'sns', topicArn: 'arn' }).deliver(batch)).rejects.toThrow(
      /SNS takes 262144 at most/,
    );
  });

  it('is an object on S3 with its payload', async () => {
    const client = new S3Client({ ...awsClientConfig(environment, 'S3'), forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'given-up' }));
    await destinationAt({ kind: 's3', bucket: 'given-up', arn: 'arn' }).deliver(aDiscardedBatch());
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: 'given-up', Prefix: 'aws/lambda/1111' }),
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'given-up', Key: Contents[0]?.Key }));
    const record = JSON.parse((await Body?.transformToString()) ?? '{}');
    expect(JSON.parse(record.payload)).toEqual(aDiscardedBatch().payload);
  });

  it('that reaches no queue rejects, so that it counts as dropped', async () => {
    const queueUrl = 'http://127.0.0.1/000000000000/nobody';
    await expect(
      destinationAt({ kind: 'sqs', queueUrl, arn: 'arn' }).deliver(aDiscardedBatch()),
    ).rejects.toThrow();
  });
});

describe('a destination topic', () => {
  async function delivered(knobs: Readonly<Record<string, unknown>>): Promise<SourceRecord | undefined> {
    const source = createEmbeddedSource();
    await source.createTopic('given-up', 1);
    await destinationAt({ kind: 'kafka', topic: 'given-up' }, knobs, source).deliver(aSingleRecordBatch());
    const member = await source.join('given-up', 'g', {
      assigned: () => {},
      revoked: () => {},
      trouble: () => {},
    });
    const fetched = await member.fetch({
      partition: 0,
      offset: 0,
      maxRecords: 1,
      maxBytes: 1e6,
      maxWaitMs: 0,
    });
    return fetched.records[0];
  }

  it('gets the event as an object, with a key of Lambda’s own', async () => {
    const record = await delivered({});
    expect(JSON.parse(String(record?.value)).payload).toEqual(aSingleRecordBatch().payload);
    expect(String(record?.key)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets the original key when the knob says so', async () => {
    expect(String((await delivered({ dltKey: 'original' }))?.key)).toBe('cust-7');
  });

  it('that is not there rejects', async () => {
    await expect(
      destinationAt({ kind: 'kafka', topic: 'nowhere' }).deliver(aDiscardedBatch()),
    ).rejects.toThrow(/nowhere/);
  });
});

describe('a mapping without a destination', () => {
  it('has none', () => {
    expect(
      createDestination(
        { uuid: 'u', destination: undefined },
        { source: createEmbeddedSource(), environment },
      ),
    ).toBeUndefined();
  });
});
