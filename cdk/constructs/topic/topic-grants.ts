/** Rights on a topic for code that talks to the cluster itself, not through a mapping. */
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { groupArn, topicArn } from '../cluster/cluster-arns.ts';
import type { IKafkaCluster, KafkaSource } from '../cluster/kafka-source.ts';
import { enforceIf, RuleError } from '../rules/enforce-rule.ts';

export interface TopicToGrant {
  readonly scope: IConstruct;
  readonly cluster: KafkaSource;
  readonly topicName: string;
}

/** Reading the topic as one group. */
export function grantConsume(topic: TopicToGrant, grantee: IGrantable, group: string): Grant {
  const { clusterArn } = iamCluster(topic);
  return all(grantee, [
    [clusterArn, ['kafka-cluster:Connect']],
    [topicArn(clusterArn, topic.topicName), ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData']],
    [groupArn(clusterArn, group), ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup']],
  ]);
}

/** Writing to the topic, also with an idempotent producer. */
export function grantProduce(topic: TopicToGrant, grantee: IGrantable): Grant {
  const { clusterArn } = iamCluster(topic);
  return all(grantee, [
    [clusterArn, ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently']],
    [topicArn(clusterArn, topic.topicName), ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData']],
  ]);
}

function iamCluster({ scope, cluster }: TopicToGrant): IKafkaCluster {
  if (cluster.source === 'self-managed')
    throw new RuleError(scope, 'grant-needs-iam', 'a self-managed cluster');
  const ways = cluster.authentication.map((way) => way.kind);
  enforceIf(!ways.includes('iam'), scope, 'grant-needs-iam', ways.join(', '));
  return cluster;
}

function all(grantee: IGrantable, rights: readonly (readonly [arn: string, actions: string[]])[]): Grant {
  return rights
    .map(([arn, actions]) => Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] }))
    .reduce((left, right) => left.combine(right));
}
