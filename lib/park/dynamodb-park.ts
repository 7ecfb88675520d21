import { type AttributeValue, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Park } from './park.ts';
import type { ParkedSummary } from './parked-document.ts';
import { type OverflowOptions, type ParkOptions, parking, requiredText } from './parking.ts';

export interface DynamodbParkOptions extends ParkOptions, OverflowOptions {
  /** A table with partition key `groupId` and sort key `recordPosition`, both strings. */
  readonly tableName: string | undefined;
  /** @default a client of its own, configured by the environment */
  readonly client?: Pick<DynamoDBClient, 'send'>;
}

type Item = Record<string, AttributeValue.SMember | AttributeValue.NMember>;

/**
 * Parks records as items of a table: `document` is a `ParkedDocument` in JSON, beside it are group, position, topic, partition, offset and
 * code. A record that is parked again replaces its item.
 *
 * @throws LanewiseError INVALID_OPTION without table name or group
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function dynamodbPark(options: DynamodbParkOptions): Park {
  const tableName = requiredText('dynamodbPark', 'tableName', options.tableName);
  const { client = new DynamoDBClient({}) } = options;
  return parking(
    {
      name: 'dynamodbPark',
      service: 'DynamoDB',
      largest: 400 * 1_024,
      sizeOf: (document, json) => sizeOf(itemOf(document, json)),
      write: (document, json) =>
        client.send(new PutItemCommand({ TableName: tableName, Item: itemOf(document, json) })),
    },
    options,
  );
}

function itemOf(document: ParkedSummary, json: string): Item {
  const { group, topic, partition, offset, error, parkedAt } = document;
  return {
    groupId: { S: group },
    // 20 digits, so that a query returns them in order.
    recordPosition: { S: `${topic}-${partition}@${String(offset).padStart(20, '0')}` },
    topic: { S: topic },
    partition: { N: String(partition) },
    offset: { N: String(offset) },
    code: { S: error.code },
    parkedAt: { S: parkedAt },
    document: { S: json },
  };
}

/** Names and values in UTF-8; numbers take at most this. */
function sizeOf(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value.S ?? value.N ?? '') + 1,
    0,
  );
}
