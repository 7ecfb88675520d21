/** The consumers of an app, so that one can be checked against the others, across its stacks. */
import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { KafkaSource } from '../cluster/kafka-source.ts';
import type { PollerRange } from './check-pollers.ts';

export interface RegisteredConsumer {
  readonly construct: IConstruct;
  readonly cluster: KafkaSource;
  readonly group: string;
  readonly pollers: PollerRange | undefined;
  /** `undefined` for one of the construct's own. */
  readonly function: IFunction | undefined;
}

const registries = new WeakMap<IConstruct, RegisteredConsumer[]>();

/** Those that were made before. */
export function consumersOf(scope: IConstruct): readonly RegisteredConsumer[] {
  return registries.get(scope.node.root) ?? [];
}

export function registerConsumer(consumer: RegisteredConsumer): void {
  const { root } = consumer.construct.node;
  registries.set(root, [...consumersOf(root), consumer]);
}

/** Two names for one cluster are one cluster: the same construct, the same ARN or the same brokers. */
export function isSameCluster(left: KafkaSource, right: KafkaSource): boolean {
  return left === right || identityOf(left) === identityOf(right);
}

function identityOf(source: KafkaSource): string {
  if (source.source === 'msk') return meaningOf(source, source.clusterArn);
  return source.bootstrapServers
    .map((server) => meaningOf(source, server))
    .toSorted()
    .join();
}

/** Two tokens with one meaning are different texts: an export that is imported twice. */
function meaningOf(scope: IConstruct, text: string): string {
  const token = Tokenization.reverseString(text).firstToken;
  if (token === undefined) return text;
  if (Reference.isReference(token)) return `${token.target.node.path}.${token.displayName}`;
  return JSON.stringify(Stack.of(scope).resolve(text));
}
