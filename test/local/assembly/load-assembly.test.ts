import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadAssembly } from '../../../local/assembly/load-assembly.ts';
import { aFolder, anAssembly, aTemplate, firstOf, load, writeJson } from './an-assembly.ts';

describe('what the functions work on', () => {
  test('is read from the templates', () => {
    const configs = Buffer.from('{"retention.ms":"1000"}').toString('base64');
    const key = { AttributeName: 'orderId', KeyType: 'HASH' };
    const attribute = { AttributeName: 'orderId', AttributeType: 'S' };
    const system = load(
      aTemplate({
        Resources: {
          Orders: {
            Type: 'AWS::MSK::Topic',
            Properties: { TopicName: 'order-events', PartitionCount: 3, Configs: configs },
          },
          Invoices: {
            Type: 'AWS::DynamoDB::GlobalTable',
            Properties: {
              TableName: 'invoices',
              KeySchema: [key],
              AttributeDefinitions: [attribute],
              GlobalSecondaryIndexes: [
                { IndexName: 'i', KeySchema: [key], Projection: { ProjectionType: 'ALL' }, Other: 1 },
              ],
            },
          },
          Parked: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
          GivenUp: { Type: 'AWS::S3::Bucket' },
          Told: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'told' } },
        },
      }),
    );
    expect(system.topics).toEqual([
      { logicalId: 'Orders', name: 'order-events', partitions: 3, configs: { 'retention.ms': '1000' } },
    ]);
    expect(system.tables).toEqual([
      {
        logicalId: 'Invoices',
        tableName: 'invoices',
        keySchema: [key],
        attributeDefinitions: [attribute],
        globalSecondaryIndexes: [{ IndexName: 'i', KeySchema: [key], Projection: { ProjectionType: 'ALL' } }],
        localSecondaryIndexes: [],
      },
    ]);
    expect(firstOf(system.queues).queueName).toMatch(/^shop-Parked-[A-Z0-9]{12}\.fifo$/);
    expect(firstOf(system.queues).queueUrl).toBe(
      `https://sqs.eu-central-1.amazonaws.com/000000000000/${firstOf(system.queues).queueName}`,
    );
    expect(firstOf(system.buckets).bucketName).toMatch(/^shop-givenup-[a-z0-9]{12}$/);
    expect(system.snsTopics).toEqual([
      { logicalId: 'Told', topicName: 'told', arn: 'arn:aws:sns:eu-central-1:000000000000:told' },
    ]);
  });

  test('is left out with a note when it cannot be read and nobody needs it', () => {
    const Odd = { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Gone' } } };
    const system = load(aTemplate({ Resources: { Odd } }));
    expect(system.buckets).toEqual([]);
    expect(system.notes).toEqual([
      'left out: there is no resource or parameter Gone, at shop Odd Properties.BucketName',
    ]);
  });

  test.each([
    ['no partitions', { TopicName: 'a' }, /PartitionCount is missing/],
    [
      'broken configs',
      { TopicName: 'a', PartitionCount: 1, Configs: 'x' },
      /Configs must be base64 of a JSON object/,
    ],
  ])('a topic with %s is refused', (_what, Properties, message) => {
    const Topic = { Type: 'AWS::MSK::Topic', Properties };
    expect(() => load(aTemplate({ Resources: { Topic } }))).toThrow(message);
  });
});

describe('a directory that is no assembly', () => {
  test('is refused by name', () => {
    const directory = aFolder();
    expect(() => loadAssembly({ directory })).toThrow(
      `${directory} is no cloud assembly: it has no manifest.json`,
    );
  });

  test.each([
    ['an unreadable template', 'shop.template.json', '{', /cannot read .*shop\.template\.json/],
    ['a template that is a list', 'shop.template.json', '[]', /shop\.template\.json is not a JSON object/],
    ['a broken manifest', 'manifest.json', 'nonsense', /cannot read .*manifest\.json/],
    [
      'a resource without type',
      'shop.template.json',
      '{"Resources":{"A":{}}}',
      /resource A of stack shop has no Type/,
    ],
    ['no Kafka mapping', 'shop.template.json', '{}', /declare no Kafka mapping/],
  ])('(%s) is refused by name', (_what, file, content, message) => {
    const directory = anAssembly({ shop: { template: aTemplate() } });
    writeFileSync(join(directory, file), content);
    expect(() => loadAssembly({ directory })).toThrow(message);
  });

  test('holds one copy of an app only', () => {
    const template = aTemplate();
    expect(() => loadAssembly({ directory: anAssembly({ dev: { template }, prod: { template } }) })).toThrow(
      'stacks dev and prod both declare the consumer BillingFunction',
    );
  });

  test('may hold the assembly of a stage', () => {
    const stage = anAssembly({ shop: { template: aTemplate() } });
    const directory = aFolder();
    writeJson(directory, 'manifest.json', {
      artifacts: {
        stage: { type: 'cdk:cloud-assembly', properties: { directoryName: `../${stage.split('/').at(-1)}` } },
      },
    });
    expect(loadAssembly({ directory }).mappings).toHaveLength(1);
  });
});
