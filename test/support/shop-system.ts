import type { FunctionConfig, LocalSystem } from '../../local/assembly/local-system.ts';

const region = 'eu-central-1';
const account = '000000000000';

/** The shop's resources as its template declares them, without functions and mappings unless given. */
export function aShopSystem(overrides: Partial<LocalSystem> = {}): LocalSystem {
  return {
    region,
    account,
    functions: [],
    mappings: [],
    topics: [],
    tables: [
      aTable('Invoices', 'orderId', 'kind'),
      aTable('Stock', 'sku'),
      aTable('Reservations', 'orderId'),
      aTable('Checkpoints', 'pk', 'sk'),
    ],
    queues: [aQueue('ParkedRecords')],
    buckets: [],
    snsTopics: [],
    notes: [],
    ...overrides,
  };
}

export function aTable(name: string, partitionKey: string, sortKey?: string): LocalSystem['tables'][number] {
  const keys = sortKey ? [partitionKey, sortKey] : [partitionKey];
  return {
    logicalId: name,
    tableName: name,
    keySchema: keys.map((key, index) => ({ AttributeName: key, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    attributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    globalSecondaryIndexes: [],
  };
}

export function aQueue(queueName: string): LocalSystem['queues'][number] {
  return {
    logicalId: queueName,
    queueName,
    queueUrl: `https://sqs.${region}.amazonaws.com/${account}/${queueName}`,
    arn: `arn:aws:sqs:${region}:${account}:${queueName}`,
  };
}

/** What a function of the shop finds in its environment, endpoints and credentials excepted. */
export function shopEnvironment(group: string): Readonly<Record<string, string>> {
  return {
    INVOICES_TABLE: 'Invoices',
    STOCK_TABLE: 'Stock',
    RESERVATIONS_TABLE: 'Reservations',
    CHECKPOINT_TABLE: 'Checkpoints',
    PARKING_QUEUE_URL: aQueue('ParkedRecords').queueUrl,
    KAFKA_CONSUMER_GROUP: group,
    MAIL_FROM: 'shop@example.com',
    POWERTOOLS_SERVICE_NAME: group,
    POWERTOOLS_METRICS_NAMESPACE: 'lanewise',
    // Tests that read logs and metrics set these two otherwise.
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  };
}

export function aShopFunction(name: string): FunctionConfig {
  return {
    logicalId: `${name}Function`,
    stack: 'lanewise-consumers',
    name,
    functionName: name,
    arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
    codeDirectory: `/nowhere/${name}`,
    handler: 'index.handler',
    timeout: 30_000,
    memorySize: 512,
    environment: shopEnvironment(name),
    reservedConcurrency: undefined,
  };
}
