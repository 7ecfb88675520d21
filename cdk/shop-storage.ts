import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addCheckpointTable, addParkingQueue } from './constructs/consumer/consumer-storage.ts';
import type { Settings } from './settings.ts';

/** What the shop's consumers write to. */
export class ShopStorage extends Construct {
  readonly invoices: Table;
  readonly stock: Table;
  readonly reservations: Table;
  /** Records that can never succeed, of all consumers: an attribute tells the group. */
  readonly parkedRecords: Queue;
  /** What each consumer has done. */
  readonly checkpoints: Table;
  readonly sender: EmailIdentity;
  private readonly protectData: boolean;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.protectData = settings.protectData;
    this.invoices = this.addTable('Invoices', 'orderId', 'kind');
    this.stock = this.addTable('Stock', 'sku');
    this.reservations = this.addTable('Reservations', 'orderId');
    this.parkedRecords = addParkingQueue(this, 'ParkedRecords', this.removalPolicy);
    this.checkpoints = addCheckpointTable(this, 'Checkpoints', this.removalPolicy);
    this.sender = new EmailIdentity(this, 'Sender', { identity: Identity.email(settings.mailFrom) });
  }

  private get removalPolicy(): RemovalPolicy {
    return this.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }

  private addTable(id: string, partitionKey: string, sortKey?: string): Table {
    return new Table(this, id, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey && { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.AWS_MANAGED,
      deletionProtection: this.protectData,
      removalPolicy: this.removalPolicy,
    });
  }
}
