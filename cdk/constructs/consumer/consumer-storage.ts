/** The queue and the table that a consumer may have of its own. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Records that can never succeed wait here for an operator, for as long as SQS keeps anything. */
export function addParkingQueue(scope: Construct, id: string, removalPolicy = RemovalPolicy.RETAIN): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy,
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'nothing polls this queue: it is where records rest until an operator has looked at them',
  });
  return queue;
}

/** What groups have done, one item for each of their topic-partitions; paid by request, a few cents for a million. */
export function addCheckpointTable(
  scope: Construct,
  id: string,
  removalPolicy = RemovalPolicy.RETAIN,
): Table {
  return new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.AWS_MANAGED,
    deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
    removalPolicy,
  });
}

/** What the runtime does to the table: read the items of a batch, put one on a condition, alone or in a transaction. */
export const checkpointActions: readonly string[] = ['dynamodb:BatchGetItem', 'dynamodb:PutItem'];
