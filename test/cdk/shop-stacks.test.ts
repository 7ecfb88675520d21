import { execFile } from 'node:child_process';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { addShop, type ShopStacks } from '../../cdk/shop-app.ts';
import { anApp, resourceOf, resourcesOf, type TemplateResource } from './support/synth-app.ts';

let shop: ShopStacks;

beforeAll(() => {
  shop = addShop(anApp());
});

function functionOf(name: string): TemplateResource {
  const found = resourcesOf(shop.consumers, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME === name,
  );
  if (!found) throw new Error(`no function of ${name}`);
  return found;
}

describe('the platform', () => {
  test('has the topic of orders and its dead-letter twin, three partitions each', () => {
    const topics = resourcesOf(shop.platform, 'AWS::MSK::Topic').map(({ Properties }) => [
      Properties.TopicName,
      Properties.PartitionCount,
    ]);
    expect(topics).toEqual([
      ['order-events', 3],
      ['order-events-dead-letter', 3],
    ]);
  });

  test('spreads over three zones of whatever region it is deployed to, without a way out', () => {
    const zones = resourcesOf(shop.platform, 'AWS::EC2::Subnet').map(
      ({ Properties }) => Properties.AvailabilityZone['Fn::Select'][0],
    );
    expect(zones).toEqual([0, 1, 2]);
    expect(resourcesOf(shop.platform, 'AWS::EC2::NatGateway')).toEqual([]);
    expect(resourcesOf(shop.platform, 'AWS::EC2::InternetGateway')).toEqual([]);
  });
});

describe('the consumers', () => {
  test('are three groups on one topic', () => {
    const mappings = resourcesOf(shop.consumers, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => [
      Properties.AmazonManagedKafkaEventSourceConfig.ConsumerGroupId,
      Properties.Topics[0],
      Properties.DestinationConfig.OnFailure.Destination,
    ]);
    const dead = 'kafka://order-events-dead-letter';
    expect(mappings).toEqual([
      ['billing', 'order-events', dead],
      ['inventory', 'order-events', dead],
      ['notification', 'order-events', dead],
    ]);
  });

  test.each([
    ['billing', ['INVOICES_TABLE']],
    ['inventory', ['RESERVATIONS_TABLE', 'STOCK_TABLE']],
    ['notification', ['MAIL_FROM']],
  ])('know what %s needs to know, and no more', (name, own) => {
    expect(Object.keys(functionOf(name).Properties.Environment.Variables).toSorted()).toEqual(
      [
        'CHECKPOINT_TABLE',
        'KAFKA_CONSUMER_GROUP',
        'NODE_OPTIONS',
        'PARKING_QUEUE_URL',
        'POWERTOOLS_METRICS_NAMESPACE',
        'POWERTOOLS_SERVICE_NAME',
        ...own,
      ].toSorted(),
    );
  });

  test('tell their groups and the dashboard', () => {
    const outputs = Object.keys(Template.fromStack(shop.consumers).toJSON().Outputs);
    for (const name of ['BillingGroup', 'InventoryGroup', 'NotificationGroup'])
      expect(outputs).toContain(name);
    expect(outputs.some((name) => name.includes('DashboardUrl'))).toBe(true);
  });
});

describe('data', () => {
  test('outlives its stack, and stacks refuse to be deleted', () => {
    const kafka = ['AWS::MSK::Cluster', 'AWS::MSK::Topic'].flatMap((type) =>
      resourcesOf(shop.platform, type),
    );
    const own = ['AWS::DynamoDB::Table', 'AWS::SQS::Queue'].flatMap((type) =>
      resourcesOf(shop.consumers, type),
    );
    const policies = [...kafka, ...own].map((one) => [one.DeletionPolicy, one.UpdateReplacePolicy]);
    // Cluster and topics have names: what stayed of a creation that failed would be in the way of the next one.
    expect(policies).toEqual([
      ...Array(3).fill(['RetainExceptOnCreate', 'Retain']),
      ...Array(5).fill(['Retain', 'Retain']),
    ]);
    for (const { Properties } of resourcesOf(shop.consumers, 'AWS::DynamoDB::Table')) {
      expect(Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        BillingMode: 'PAY_PER_REQUEST',
      });
    }
    expect([shop.platform, shop.consumers].every(({ terminationProtection }) => terminationProtection)).toBe(
      true,
    );
  });

  test('goes with its stack when told so', () => {
    const { platform, consumers } = addShop(anApp({ protectData: 'false' }));
    expect(resourceOf(platform, 'AWS::MSK::Cluster').DeletionPolicy).toBe('Delete');
    expect(resourceOf(consumers, 'AWS::SQS::Queue').DeletionPolicy).toBe('Delete');
    expect(platform.terminationProtection).toBe(false);
  });
});

test('everything that takes tags has the tag of the project', () => {
  const tagged = resourcesOf(shop.consumers, 'AWS::Lambda::Function');
  expect(tagged.length).toBeGreaterThanOrEqual(3);
  for (const { Properties } of tagged)
    expect(Properties.Tags).toContainEqual({ Key: 'project', Value: 'lanewise' });
});

test('every alarm goes to one topic, and from there to whom the context names', () => {
  const { platform, consumers } = addShop(anApp({ alarmEmail: 'on-call@example.com' }));
  expect(resourceOf(platform, 'AWS::SNS::Subscription').Properties).toMatchObject({
    Protocol: 'email',
    Endpoint: 'on-call@example.com',
  });
  const alarms = [platform, consumers].flatMap((stack) => resourcesOf(stack, 'AWS::CloudWatch::Alarm'));
  for (const { Properties } of alarms) expect(Properties.AlarmActions).toHaveLength(1);
  expect(alarms.length).toBeGreaterThan(40);
});

test('the app ends with one sentence, and no stack trace, when the context makes no sense', async () => {
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ cluster: 'kraft' }) };
  const ended = new Promise<{ readonly code: unknown; readonly stderr: string }>((resolve) => {
    execFile(process.execPath, ['cdk/app.ts'], { env }, (error, _stdout, stderr) =>
      resolve({ code: error?.code, stderr }),
    );
  });
  expect(await ended).toEqual({
    code: 1,
    stderr: "context cluster is one of express, standard, serverless, existing, got 'kraft'\n",
  });
});
