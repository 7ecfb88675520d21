/** What the role of a mapping has to be allowed, and nothing else. */
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { groupArn, topicArn } from '../cluster/cluster-arns.ts';
import type { IKafkaTopic } from '../topic/kafka-topic.ts';

/**
 * The pollers' network interfaces. EC2 has no narrower resource for describing or creating them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function networkInterfaceStatement(): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    resources: ['*'],
  });
}

/** Finding the brokers, signing in by IAM, and reading one topic as one group. */
export function pollStatements(topic: IKafkaTopic, group: string): PolicyStatement[] {
  const { cluster } = topic;
  return [
    allow(cluster.clusterArn, [
      'kafka:DescribeClusterV2',
      'kafka:GetBootstrapBrokers',
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeClusterDynamicConfiguration',
    ]),
    allow(topicArn(cluster.clusterArn, topic.topicName), [
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:ReadData',
    ]),
    allow(groupArn(cluster.clusterArn, group), ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup']),
  ];
}

/** Writing what the mapping gives up on to a topic. */
export function deadLetterStatement(topic: IKafkaTopic): PolicyStatement {
  return allow(topicArn(topic.cluster.clusterArn, topic.topicName), [
    'kafka-cluster:DescribeTopic',
    'kafka-cluster:WriteData',
  ]);
}

function allow(resource: string, actions: string[]): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions, resources: [resource] });
}
