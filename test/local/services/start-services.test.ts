import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, test } from 'vitest';
import { awsClientConfig } from '../../../local/services/aws-client-config.ts';
import { type LocalServices, startServices } from '../../../local/services/start-services.ts';
import { aShopFunction, aShopSystem } from '../../support/shop-system.ts';

let services: LocalServices | undefined;

afterEach(async () => {
  await services?.stop();
  services = undefined;
});

describe('what is started', () => {
  test('starts a DynamoDB that answers', async () => {
    services = await startServices(aShopSystem(), {});
    const client = new DynamoDBClient(awsClientConfig(services.environment, 'DYNAMODB'));
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });

  test('starts a mail service that answers, when there is a function that could send', async () => {
    services = await startServices(aShopSystem({ functions: [aShopFunction('notification')] }), {});
    const client = new SESv2Client(awsClientConfig(services.environment, 'SESV2'));
    const sent = await client.send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@example.com',
        Destination: { ToAddresses: ['ada@example.com'] },
        Content: { Simple: { Subject: { Data: 'order o-1' }, Body: { Text: { Data: 'hello' } } } },
      }),
    );
    expect(sent.MessageId).toBeTruthy();
  });

  test('starts nothing that the template does not need', async () => {
    services = await startServices(aShopSystem({ tables: [], queues: [] }), {});
    expect(Object.keys(services.environment).filter((name) => name.includes('ENDPOINT'))).toEqual([]);
  });

  test('serves SQS, SNS and S3 at one address', async () => {
    services = await startServices(aShopSystem({ tables: [] }), {});
    const { environment } = services;
    expect(environment.AWS_ENDPOINT_URL_SNS).toBe(environment.AWS_ENDPOINT_URL_SQS);
    expect(environment.AWS_ENDPOINT_URL_S3).toBe(environment.AWS_ENDPOINT_URL_SQS);
  });
});

describe('endpoints that the user brings', () => {
  test('are passed on, and nothing is started in their place', async () => {
    const own = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' };
    services = await startServices(aShopSystem({ queues: [] }), own);
    expect(services.environment.AWS_ENDPOINT_URL_DYNAMODB).toBe('http://127.0.0.1:8000');
  });

  test('may be one for all services', async () => {
    services = await startServices(aShopSystem(), { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' });
    expect(services.environment).toMatchObject({
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:4566',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:4566',
    });
  });

  test('come with the credentials that the user has', async () => {
    const own = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_ACCESS_KEY_ID: 'mine',
      AWS_SECRET_ACCESS_KEY: 'x',
    };
    services = await startServices(aShopSystem(), own);
    expect(services.environment.AWS_ACCESS_KEY_ID).toBe('mine');
  });

  test('without one, credentials of a real account go nowhere', async () => {
    services = await startServices(aShopSystem({ tables: [] }), {
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_SESSION_TOKEN: 't',
    });
    expect(services.environment.AWS_ACCESS_KEY_ID).toBe('local');
    expect(services.environment).not.toHaveProperty('AWS_SESSION_TOKEN');
  });
});
