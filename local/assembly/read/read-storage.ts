import { LocalError } from '../../local-error.ts';
import type { LocalSystem, QueueConfig, TableConfig } from '../local-system.ts';
import { isObject } from '../template/json.ts';
import type { Declared, FindDeclared } from './declared.ts';
import type { Fields } from './fields.ts';
import { readTopic } from './read-topic.ts';

type Storage = Pick<LocalSystem, 'topics' | 'tables' | 'queues' | 'buckets' | 'snsTopics' | 'notes'>;

/**
 * What the functions work on. A resource that cannot be read is left out with a note: a function that needs it
 * fails by itself, and one that nobody needs must not stop a run.
 */
export function readStorage(find: FindDeclared): Storage {
  const notes: string[] = [];
  const readAll = <T>(types: readonly string[], read: (declared: Declared) => T): readonly T[] =>
    find(...types).flatMap((declared) => {
      try {
        return [read(declared)];
      } catch (error) {
        if (!(error instanceof LocalError)) throw error;
        notes.push(`left out: ${error.message}`);
        return [];
      }
    });
  return {
    topics: find('AWS::MSK::Topic', 'Custom::KafkaTopic').map(readTopic),
    tables: readAll(['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], readTable),
    queues: readAll(['AWS::SQS::Queue'], readQueue),
    buckets: readAll(['AWS::S3::Bucket'], (declared) => ({
      logicalId: declared.resource.logicalId,
      bucketName: declared.name(),
    })),
    snsTopics: readAll(['AWS::SNS::Topic'], (declared) => ({
      logicalId: declared.resource.logicalId,
      topicName: declared.name(),
      arn: declared.attribute('TopicArn'),
    })),
    notes,
  };
}

function readQueue(declared: Declared): QueueConfig {
  return {
    logicalId: declared.resource.logicalId,
    queueName: declared.name(),
    queueUrl: declared.attribute('QueueUrl'),
    arn: declared.attribute('Arn'),
  };
}

function readTable(declared: Declared): TableConfig {
  const { fields } = declared;
  return {
    logicalId: declared.resource.logicalId,
    tableName: declared.name(),
    keySchema: fields.list('KeySchema').map((key) => keyOf(key, fields)),
    attributeDefinitions: fields.list('AttributeDefinitions').map((item) => attributeOf(item, fields)),
    globalSecondaryIndexes: fields.list('GlobalSecondaryIndexes').map(indexOf),
    localSecondaryIndexes: fields.list('LocalSecondaryIndexes').map(indexOf),
  };
}

function keyOf(raw: unknown, fields: Fields): TableConfig['keySchema'][number] {
  const { AttributeName, KeyType } = isObject(raw) ? raw : {};
  if (typeof AttributeName === 'string' && (KeyType === 'HASH' || KeyType === 'RANGE')) {
    return { AttributeName, KeyType };
  }
  return fields.fail('KeySchema', `a key needs AttributeName and KeyType, got ${JSON.stringify(raw)}`);
}

function attributeOf(raw: unknown, fields: Fields): TableConfig['attributeDefinitions'][number] {
  const { AttributeName, AttributeType } = isObject(raw) ? raw : {};
  if (
    typeof AttributeName === 'string' &&
    (AttributeType === 'S' || AttributeType === 'N' || AttributeType === 'B')
  ) {
    return { AttributeName, AttributeType };
  }
  return fields.fail(
    'AttributeDefinitions',
    `an attribute needs AttributeName and AttributeType, got ${JSON.stringify(raw)}`,
  );
}

/** Throughput and the like, which a global table gives in other words than CreateTable, has no meaning locally. */
function indexOf(raw: unknown): unknown {
  const { IndexName, KeySchema, Projection } = isObject(raw) ? raw : {};
  return { IndexName, KeySchema, Projection };
}
