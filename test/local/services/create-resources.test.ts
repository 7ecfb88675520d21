import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalError } from '../../../local/local-error.ts';
import { awsClientConfig } from '../../../local/services/aws-client-config.ts';
import { createResources } from '../../../local/services/create-resources.ts';
import { type LocalServices, startServices } from '../../../local/services/start-services.ts';
import { aQueue, aShopSystem } from '../../support/shop-system.ts';

const topicArn = 'arn:aws:sns:eu-central-1:000000000000:discarded';
const system = aShopSystem({
  queues: [aQueue('ParkedRecords'), aQueue('Ordered.fifo')],
  buckets: [{ logicalId: 'Discarded', bucketName: 'discarded' }],
  snsTopics: [{ logicalId: 'DiscardedTopic', topicName: 'discarded', arn: topicArn }],
});
let services: LocalServices;

beforeAll(async () => {
  services = await startServices(system, {});
  await createResources(system, services.environment);
});
afterAll(() => services.stop());

test('creates the tables with the keys of the template', async () => {
  const client = new DynamoDBClient(awsClientConfig(services.environment, 'DYNAMODB'));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Invoices' }));
  expect(Table?.KeySchema).toEqual([
    { AttributeName: 'orderId', KeyType: 'HASH' },
    { AttributeName: 'kind', KeyType: 'RANGE' },
  ]);
});

test('creates buckets and topics', async () => {
  const s3 = new S3Client({ ...awsClientConfig(services.environment, 'S3'), forcePathStyle: true });
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  expect(Buckets?.map((bucket) => bucket.Name)).toEqual(['discarded']);
  const sns = new SNSClient(awsClientConfig(services.environment, 'SNS'));
  await expect(sns.send(new PublishCommand({ TopicArn: topicArn, Message: 'x' }))).resolves.toBeDefined();
});

test("a queue is reached by the template's own queue URL", async () => {
  const client = new SQSClient(awsClientConfig(services.environment, 'SQS'));
  const { queueUrl } = aQueue('ParkedRecords');
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'here' }));
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
  expect(Messages?.map((found) => found.Body)).toEqual(['here']);
});

test('creating again changes nothing and is no error', async () => {
  await expect(createResources(system, services.environment)).resolves.toBeUndefined();
});

test('an endpoint that nobody serves is named', async () => {
  const environment = { ...services.environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' };
  const attempt = createResources(system, environment);
  await expect(attempt).rejects.toThrow(LocalError);
  await expect(attempt).rejects.toThrow(/DYNAMODB at http:\/\/127\.0\.0\.1:1 .*ECONNREFUSED/);
});
