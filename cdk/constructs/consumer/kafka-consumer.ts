import { Duration, Validations } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, Policy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IKafkaTopic } from '../topic/kafka-topic.ts';
import { type ConsumerFunctionProps, consumerFunction } from './consumer-function.ts';
import { deadLetterStatement, networkInterfaceStatement, pollStatements } from './mapping-permissions.ts';

export interface KafkaConsumerProps extends ConsumerFunctionProps {
  readonly topic: IKafkaTopic;
  /** The consumer group, one for each consumer. Create-only. */
  readonly group: string;
  /** Topic of the same cluster that takes what the mapping gives up on. */
  readonly deadLetterTopic: IKafkaTopic;
  /** Where the handler parks records that can never succeed. */
  readonly parkingQueue: IQueue;
  /** @default 100 */
  readonly batchSize?: number;
  /** @default Duration.seconds(0) */
  readonly maxBatchingWindow?: Duration;
  /** @default 5 */
  readonly retryAttempts?: number;
  /** @default Duration.hours(6) */
  readonly maxRecordAge?: Duration;
}

/**
 * A function that reads one topic as one consumer group through an event source mapping in provisioned mode.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export class KafkaConsumer extends Construct implements IGrantable {
  readonly function: NodejsFunction;
  readonly mapping: EventSourceMapping;
  readonly group: string;
  readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: KafkaConsumerProps) {
    super(scope, id);
    this.group = props.group;
    this.function = consumerFunction(this, props);
    this.function.addEnvironment('KAFKA_CONSUMER_GROUP', props.group);
    this.function.addEnvironment('PARKING_QUEUE_URL', props.parkingQueue.queueUrl);
    this.grantPrincipal = this.function.grantPrincipal;
    this.parkIn(props.parkingQueue);
    const policies = this.addPolicies(props);
    this.mapping = this.addMapping(props);
    this.mapping.node.addDependency(...policies, props.topic, props.deadLetterTopic);
  }

  private parkIn(queue: IQueue): void {
    queue.grant(this, 'sqs:SendMessage');
  }

  private addPolicies(props: KafkaConsumerProps): Policy[] {
    const network = this.addPolicy('NetworkInterfaces', [networkInterfaceStatement()]);
    Validations.of(network).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'EC2 offers no narrower resource for the network interfaces of the event pollers',
    });
    const poll = this.addPolicy('Poll', [
      ...pollStatements(props.topic, props.group),
      deadLetterStatement(props.deadLetterTopic),
    ]);
    return [network, poll];
  }

  private addPolicy(id: string, statements: PolicyStatement[]): Policy {
    const { role } = this.function;
    return new Policy(this, id, { statements, ...(role && { roles: [role] }) });
  }

  private addMapping(props: KafkaConsumerProps): EventSourceMapping {
    return new EventSourceMapping(this, 'Mapping', {
      target: this.function,
      eventSourceArn: props.topic.cluster.eventSourceArn,
      kafkaTopic: props.topic.topicName,
      kafkaConsumerGroupId: props.group,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize ?? 100,
      maxBatchingWindow: props.maxBatchingWindow ?? Duration.seconds(0),
      retryAttempts: props.retryAttempts ?? 5,
      maxRecordAge: props.maxRecordAge ?? Duration.hours(6),
      reportBatchItemFailures: true,
      provisionedPollerConfig: { minimumPollers: 1, maximumPollers: props.topic.partitions ?? 1 },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT, MetricType.ERROR_COUNT, MetricType.KAFKA_METRICS] },
      onFailure: { bind: () => ({ destination: `kafka://${props.deadLetterTopic.topicName}` }) },
    });
  }
}
