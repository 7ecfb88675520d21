import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IKafkaCluster } from '../cluster/kafka-source.ts';
import { enforceIf, isOutside } from '../rules/enforce-rule.ts';

/** Lambda's own pattern for topics is looser at the end and refuses a single character. */
const topicName = /^[a-zA-Z0-9_-][a-zA-Z0-9._-]{1,248}$/;

/** The most partitions a topic is let have here: more than any MSK broker carries. */
const mostPartitions = 100_000;

export function checkTopicName(scope: IConstruct, name: string): void {
  enforceIf(Token.isUnresolved(name), scope, 'literal-required', 'a token as topicName');
  enforceIf(!topicName.test(name), scope, 'topic-name', `'${name}'`);
}

export function checkPartitions(scope: IConstruct, partitions: number): void {
  enforceIf(isOutside(partitions, 1, mostPartitions), scope, 'topic-partitions', String(partitions));
}

/** How many copies there are: what is asked for, where the cluster leaves a choice. */
export function replicationFactorOf(
  scope: IConstruct,
  cluster: IKafkaCluster,
  asked: number | undefined,
): number {
  const fixed = cluster.kind === 'express' || cluster.kind === 'serverless';
  const factor = asked ?? Math.min(3, cluster.brokerCount ?? 3);
  const wrong = fixed ? factor !== 3 : isOutside(factor, 1, cluster.brokerCount ?? 100);
  const brokers = cluster.brokerCount === undefined ? '' : ` with ${cluster.brokerCount} brokers`;
  enforceIf(wrong, scope, 'replication-factor', `${factor} on ${cluster.kind}${brokers}`);
  return factor;
}
