import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provideTopic, type TopicBackend } from '../../../../cdk/constructs/topic-admin/provide-topic.ts';
import type { TopicRequest } from '../../../../cdk/constructs/topic-admin/topic-request.ts';
import { clusterArn } from '../../support/kafka-fixtures.ts';
import { aTopicRequest, aTopicWish } from '../../support/topic-wish.ts';

/** CloudFormation's end: an address that takes an answer by PUT. */
let server: Server;
let responseUrl: string;
let status = 200;
let answers: { readonly method: string | undefined; readonly body: Readonly<Record<string, unknown>> }[] = [];
let requests: TopicRequest[] = [];
/** The stack whose update CloudFormation takes back. */
let rollingBack: string | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    answers.push({ method: request.method, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=s`;
});

afterAll(() => server.close());

beforeEach(() => {
  status = 200;
  answers = [];
  requests = [];
  rollingBack = undefined;
});

function aBackend(failure?: string): TopicBackend {
  return {
    isRollingBack: async (stackId) => rollingBack === stackId,
    bootstrapBrokers: async () => ['b-1.shop.example:9098', 'b-2.shop.example:9098'],
    applyTopic: async (request) => {
      if (failure) throw new Error(failure);
      requests.push(request);
    },
  };
}

describe('a request of CloudFormation', () => {
  test('reaches the admin beside the brokers, and is answered with the id of the topic', async () => {
    await provideTopic(aTopicRequest({ responseUrl }), aBackend());
    expect(requests).toEqual([
      { bootstrapBrokers: ['b-1.shop.example:9098', 'b-2.shop.example:9098'], topic: aTopicWish() },
    ]);
    expect(answers).toEqual([
      {
        method: 'PUT',
        body: {
          Status: 'SUCCESS',
          PhysicalResourceId: `${clusterArn}/order-events`,
          StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/1',
          RequestId: 'request-1',
          LogicalResourceId: 'OrderEvents',
        },
      },
    ]);
  });

  test('to let a topic go is answered without asking the brokers', async () => {
    await provideTopic(aTopicRequest({ responseUrl, type: 'Delete' }), aBackend('nobody asks'));
    expect(answers[0]?.body).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: `${clusterArn}/order-events`,
    });
  });

  test('that fails is answered with the reason, and with an id that no deletion touches', async () => {
    await provideTopic(aTopicRequest({ responseUrl }), aBackend('the brokers did not answer'));
    expect(answers[0]?.body).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'failed:request-1',
      Reason: 'the brokers did not answer',
    });
  });

  test('to change a topic that fails keeps its id, so that nothing is replaced', async () => {
    await provideTopic(aTopicRequest({ responseUrl, type: 'Update' }), aBackend('no'));
    expect(answers[0]?.body).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: `${clusterArn}/order-events`,
    });
  });

  test.each([
    ['arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/1', true],
    [undefined, false],
  ])('for fewer partitions is told whether the update of %s is taken back', async (stack, rollback) => {
    rollingBack = stack;
    const event = aTopicRequest({ responseUrl, type: 'Update', oldProperties: { PartitionCount: '6' } });
    await provideTopic(event, aBackend());
    expect(requests.map(({ topic }) => topic)).toEqual([aTopicWish({ rollback })]);
  });

  test('is answered within the 4 kB that CloudFormation reads, however long the reason', async () => {
    await provideTopic(aTopicRequest({ responseUrl }), aBackend('x'.repeat(100_000)));
    expect(JSON.stringify(answers[0]?.body).length).toBeLessThan(4096);
  });

  test('whose answer is not taken rejects, so that Lambda calls again', async () => {
    status = 503;
    await expect(provideTopic(aTopicRequest({ responseUrl }), aBackend())).rejects.toThrow(
      "CloudFormation's address answered 503 Service Unavailable",
    );
  });
});
