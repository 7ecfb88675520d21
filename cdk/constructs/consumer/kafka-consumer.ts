import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import {
  type IGrantable,
  type IPrincipal,
  type IRole,
  Policy,
  type PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../function/acknowledge-wildcards.ts';
import { type MappingMetric, mappingMetric } from '../monitoring/mapping-metrics.ts';
import { enforceIf } from '../rules/enforce-rule.ts';
import type { IKafkaTopic } from '../topic/kafka-topic.ts';
import { checkDestination } from './check-destination.ts';
import { groupOf } from './check-group.ts';
import { allMetrics, checkMapping } from './check-mapping.ts';
import { type PollerRange, pollerRange } from './check-pollers.ts';
import { consumerFunction, functionBehind, pollingRole } from './consumer-function.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';
import { registerConsumer } from './consumer-registry.ts';
import { addCheckpointTable, addParkingQueue, checkpointActions } from './consumer-storage.ts';
import { addEventSourceMapping } from './event-source-mapping.ts';
import { destinationStatements, type FailureDestination } from './failure-destination.ts';
import { needsNetworkInterfaces, pollStatements } from './mapping-permissions.ts';
import { networkInterfaceStatement } from './network-interfaces.ts';

/**
 * A function that reads one topic as one consumer group, through an event source mapping.
 *
 * Settings that AWS refuses, or takes and then behaves badly on, are refused here with a `RuleError`; risky ones are warnings that
 * `Annotations.of(x).acknowledgeWarning()` accepts. All of them are in docs/mapping-rules.md.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export class KafkaConsumer extends Construct implements IGrantable, IConnectable {
  readonly function: IFunction;
  readonly mapping: EventSourceMapping;
  readonly topic: IKafkaTopic;
  readonly group: string;
  /** The bounds of provisioned mode; `undefined` is on-demand mode. */
  readonly pollers: PollerRange | undefined;
  readonly parkingQueue: IQueue | undefined;
  readonly checkpointTable: ITable | undefined;
  readonly onFailure: FailureDestination | undefined;
  /** Groups of metrics that the mapping has. */
  readonly metrics: readonly string[];
  readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: KafkaConsumerProps) {
    super(scope, id);
    checkMapping(this, props);
    checkDestination(this, props);
    this.topic = props.topic;
    this.onFailure = props.onFailure;
    this.group = groupOf(this, props);
    this.pollers = pollerRange(this, props);
    this.metrics = this.pollers ? (props.metrics ?? allMetrics) : [];
    this.function = consumerFunction(this, props);
    registerConsumer({
      construct: this,
      cluster: this.topic.cluster,
      group: this.group,
      pollers: this.pollers,
      function: props.function,
    });
    this.grantPrincipal = this.function.grantPrincipal;
    this.parkingQueue = this.queueOf(props);
    this.checkpointTable = this.tableOf(props);
    this.connectFunction();
    const policies = this.addPolicies(pollingRole(this, this.function));
    this.mapping = addEventSourceMapping(this, props, {
      target: this.function,
      group: this.group,
      pollers: this.pollers,
    });
    // The cluster too: its ARN says nothing of the secrets and the ports that pollers need.
    const { topic } = props;
    this.mapping.node.addDependency(...policies, topic.cluster, topic, ...this.destinationTopics());
  }

  /** Of the function, when it is in a VPC. */
  get connections(): Connections {
    return this.function.connections;
  }

  /** Any metric of the mapping, by the minute. */
  metric(name: MappingMetric, options?: MetricOptions): Metric {
    return mappingMetric(this.mapping.eventSourceMappingId, name, options);
  }

  /** Records that wait in the furthest partition. */
  metricMaxOffsetLag(options?: MetricOptions): Metric {
    return this.metric('MaxOffsetLag', options);
  }

  /** Records that wait in all partitions. */
  metricSumOffsetLag(options?: MetricOptions): Metric {
    return this.metric('SumOffsetLag', options);
  }

  /** Steps of the committed offsets. */
  metricCommittedEvents(options?: MetricOptions): Metric {
    return this.metric('CommittedEventCount', options);
  }

  /** Records that were given up and are at the on-failure destination. */
  metricDeadLetteredEvents(options?: MetricOptions): Metric {
    return this.metric('OnFailureDestinationDeliveredEventCount', options);
  }

  /** Pollers at work. */
  metricPollers(options?: MetricOptions): Metric {
    return this.metric('ProvisionedPollers', options);
  }

  private queueOf({ ownParkingQueue, parkingQueue }: KafkaConsumerProps): IQueue | undefined {
    if (!ownParkingQueue) return parkingQueue;
    enforceIf(parkingQueue !== undefined, this, 'own-or-given', 'ownParkingQueue and parkingQueue');
    return addParkingQueue(this, 'Parked');
  }

  private tableOf({ ownCheckpointTable, checkpointTable }: KafkaConsumerProps): ITable | undefined {
    if (!ownCheckpointTable) return checkpointTable;
    enforceIf(checkpointTable !== undefined, this, 'own-or-given', 'ownCheckpointTable and checkpointTable');
    return addCheckpointTable(this, 'Checkpoint');
  }

  /** Tells the function what it works for, and lets it at its queue and its table. */
  private connectFunction(): void {
    this.addEnvironment('KAFKA_CONSUMER_GROUP', this.group);
    if (this.parkingQueue) {
      this.addEnvironment('PARKING_QUEUE_URL', this.parkingQueue.queueUrl);
      this.parkingQueue.grant(this, 'sqs:SendMessage');
      this.parkingQueue.encryptionMasterKey?.grant(this, 'kms:Decrypt', 'kms:GenerateDataKey');
    }
    if (this.checkpointTable) {
      this.addEnvironment('CHECKPOINT_TABLE', this.checkpointTable.tableName);
      this.checkpointTable.grant(this, ...checkpointActions);
    }
  }

  /** An imported function has its own environment, which nobody can add to. */
  private addEnvironment(name: string, value: string): void {
    functionBehind(this.function)?.addEnvironment(name, value);
  }

  private addPolicies(role: IRole): Policy[] {
    return [
      this.addPolicy('Poll', role, pollStatements(this.topic, this.group)),
      this.addDestinationPolicy(role),
      needsNetworkInterfaces(this.topic) ? this.addNetworkPolicy(role) : undefined,
    ].filter((policy) => policy !== undefined);
  }

  private addPolicy(id: string, role: IRole, statements: readonly PolicyStatement[]): Policy | undefined {
    if (statements.length === 0) return undefined;
    return new Policy(this, id, { statements: [...statements], roles: [role] });
  }

  /** Apart from the rest, because it is the one with a resource that cannot be narrowed. */
  private addNetworkPolicy(role: IRole): Policy | undefined {
    const policy = this.addPolicy('NetworkInterfaces', role, [networkInterfaceStatement()]);
    if (policy)
      acknowledgeWildcards(
        policy,
        'EC2 offers no narrower resource for the network interfaces of the event pollers',
      );
    return policy;
  }

  private addDestinationPolicy(role: IRole): Policy | undefined {
    if (!this.onFailure) return undefined;
    const policy = this.addPolicy('Destination', role, destinationStatements(this.onFailure));
    if (policy) acknowledgeWildcards(policy, 'Lambda chooses the names of the objects below this prefix');
    return policy;
  }

  private destinationTopics(): readonly IKafkaTopic[] {
    return this.onFailure?.kind === 'kafka' ? [this.onFailure.topic] : [];
  }
}
