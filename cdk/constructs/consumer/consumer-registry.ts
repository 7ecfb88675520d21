/** The consumers of an app, so that one can be checked against the others, across its stacks. */
import type { IConstruct } from 'constructs';
import type { KafkaSource } from '../cluster/kafka-source.ts';
import type { PollerRange } from './check-pollers.ts';

export interface RegisteredConsumer {
  readonly path: string;
  readonly cluster: KafkaSource;
  readonly group: string;
  readonly pollers: PollerRange | undefined;
}

const registries = new WeakMap<IConstruct, RegisteredConsumer[]>();

/** Those that were made before. */
export function consumersOf(scope: IConstruct): readonly RegisteredConsumer[] {
  return registries.get(scope.node.root) ?? [];
}

export function registerConsumer(scope: IConstruct, consumer: RegisteredConsumer): void {
  const { root } = scope.node;
  registries.set(root, [...consumersOf(scope), consumer]);
}

/** Two names for one cluster are one cluster: the same construct, the same ARN or the same brokers. */
export function isSameCluster(left: KafkaSource, right: KafkaSource): boolean {
  return left === right || identityOf(left) === identityOf(right);
}

function identityOf(source: KafkaSource): string {
  return source.source === 'msk' ? source.clusterArn : [...source.bootstrapServers].sort().join();
}
