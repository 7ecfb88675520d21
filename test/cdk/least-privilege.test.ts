import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { addShop } from '../../cdk/shop-app.ts';
import { existingContext } from './support/existing-context.ts';
import { type AllowStatement, statementsOf } from './support/statements.ts';
import { anApp } from './support/synth-app.ts';

const kinds = {
  express: { cluster: 'express' },
  standard: { cluster: 'standard' },
  serverless: { cluster: 'serverless' },
  existing: existingContext,
} as const;

function shopOf(kind: keyof typeof kinds): { readonly platform: Stack; readonly consumers: Stack } {
  return addShop(anApp(kinds[kind]));
}

/** Logical ids end in eight characters that tell nothing; sorted, because CDK merges statements as it likes. */
function readable({ policy, actions, resources }: AllowStatement): string {
  const short = (text: string) =>
    text
      .replace(/ExportsOutput(Ref|FnGetAtt)/g, '')
      .replace(/(?<=[a-zA-Z])[0-9A-F]{8}([0-9A-F]{8})?(?=[>.:]|$)/g, '')
      .replaceAll('TopicAdminlanewiseplatformClusterE11816F0', '');
  return `${short(policy)}: ${actions.toSorted().join(' ')} on ${resources.map(short).toSorted().join(' ')}`;
}

const cluster = '<Cluster>';
const topic = (name: string) => `${cluster}#0:topic/${cluster}#1/${name}`;
const interfaces =
  'ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ' +
  'ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs on *';

/** What every consumer of the shop may do, whatever it is for. */
function pollRights(name: string): readonly string[] {
  const group = `${cluster}#0:group/${cluster}#1/${name.toLowerCase()}`;
  return [
    `${name}FunctionPartsRoleDefaultPolicy: logs:CreateLogStream logs:PutLogEvents on <${name}FunctionPartsLogs.Arn>`,
    `${name}FunctionPartsRoleDefaultPolicy: sqs:SendMessage on <StorageParkedRecords.Arn>`,
    `${name}FunctionPartsRoleDefaultPolicy: dynamodb:BatchGetItem dynamodb:PutItem on <StorageCheckpoints.Arn>`,
    `${name}Poll: kafka-cluster:Connect kafka-cluster:DescribeClusterDynamicConfiguration kafka:DescribeClusterV2 kafka:GetBootstrapBrokers on ${cluster}`,
    `${name}Poll: kafka-cluster:DescribeTopic kafka-cluster:ReadData on ${topic('order-events')}`,
    `${name}Poll: kafka-cluster:AlterGroup kafka-cluster:DescribeGroup on ${group}`,
    `${name}Destination: kafka-cluster:DescribeTopic kafka-cluster:WriteData on ${topic('order-events-dead-letter')}`,
    `${name}NetworkInterfaces: ${interfaces}`,
  ];
}

const items = 'dynamodb:ConditionCheckItem dynamodb:GetItem dynamodb:PutItem';

describe('the consumers of the shop', () => {
  test('may do this, and nothing else', () => {
    const rights = statementsOf(shopOf('express').consumers).map(readable);
    expect(rights.toSorted()).toEqual(
      [
        ...['Billing', 'Inventory', 'Notification'].flatMap(pollRights),
        `BillingFunctionPartsRoleDefaultPolicy: ${items} on <StorageInvoices.Arn>`,
        `InventoryFunctionPartsRoleDefaultPolicy: ${items} dynamodb:UpdateItem on <StorageReservations.Arn> <StorageStock.Arn>`,
        'NotificationFunctionPartsRoleDefaultPolicy: ses:SendEmail on arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/<StorageSender>',
      ].toSorted(),
    );
  });

  test('may describe a dynamic configuration only where there is one', () => {
    const rights = statementsOf(shopOf('serverless').consumers).flatMap(({ actions }) => actions);
    expect(rights).not.toContain('kafka-cluster:DescribeClusterDynamicConfiguration');
  });
});

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('on a cluster of kind %s', (kind) => {
  test('no role has a managed policy or a policy inside', () => {
    const { platform, consumers } = shopOf(kind);
    const roles = [platform, consumers].flatMap((stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')),
    );
    expect(roles.length).toBeGreaterThanOrEqual(3);
    for (const { Properties } of roles) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(Properties).not.toHaveProperty('Policies');
    }
  });

  test('the one wildcard is the network interfaces of what runs beside the brokers', () => {
    const { platform, consumers } = shopOf(kind);
    const wild = [platform, consumers]
      .flatMap(statementsOf)
      .filter(({ actions, resources }) => [...actions, ...resources].some((text) => text.includes('*')));
    for (const { policy, actions } of wild) {
      expect(policy).toContain('NetworkInterfaces');
      expect(actions.every((action) => action.startsWith('ec2:'))).toBe(true);
    }
    expect(wild).toHaveLength(kind === 'serverless' || kind === 'existing' ? 4 : 3);
  });
});

describe('the platform', () => {
  test('of an Express cluster lets the network write its flow logs, and nothing else', () => {
    const rights = statementsOf(shopOf('express').platform).map(readable);
    expect(rights).toEqual([
      'NetworkFlowLogIAMRoleDefaultPolicy: logs:CreateLogStream logs:DescribeLogStreams logs:PutLogEvents on <FlowLogs.Arn>',
    ]);
  });

  test('of a Serverless cluster lets an admin make its topics, and delete none', () => {
    const change =
      'kafka-cluster:AlterTopic kafka-cluster:AlterTopicDynamicConfiguration kafka-cluster:CreateTopic kafka-cluster:DescribeTopic';
    const rights = statementsOf(shopOf('serverless').platform).map(readable);
    expect(rights.filter((text) => !text.includes('logs:'))).toEqual([
      `NetworkInterfaces: ${interfaces}`,
      `Connect: kafka-cluster:Connect on ${cluster}`,
      `Provide: kafka:GetBootstrapBrokers on ${cluster}`,
      'Provide: lambda:InvokeFunction on <Admin.Arn>',
      'Provide: cloudformation:DescribeStacks on <AWS::StackId>',
      `Topicorderevents: ${change} on ${topic('order-events')}`,
      `Topicordereventsdeadletter: ${change} on ${topic('order-events-dead-letter')}`,
    ]);
  });
});

test('resource policies let in CloudWatch to tell of alarms, and keep out whoever comes without TLS', () => {
  const { platform, consumers } = shopOf('express');
  const templates = [platform, consumers].map((stack) => Template.fromStack(stack));
  const policies = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
    templates.flatMap((template) => Object.values(template.findResources(type))),
  );
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const [deny, allow] = ['Deny', 'Allow'].map((effect) =>
    statements.filter(({ Effect }) => Effect === effect),
  );
  expect(deny?.every(({ Condition }) => Condition.Bool['aws:SecureTransport'] === 'false')).toBe(true);
  expect(allow).toEqual([
    expect.objectContaining({
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }),
  ]);
});
