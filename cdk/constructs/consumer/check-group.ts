import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { enforceIf } from '../rules/enforce-rule.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';
import { consumersOf, isSameCluster } from './consumer-registry.ts';

/** The group's name, checked; aws-cdk-lib itself refuses characters that Lambda does not take. */
export function groupOf(
  scope: IConstruct,
  { group = kebabCase(scope.node.id), topic }: KafkaConsumerProps,
): string {
  enforceIf(Token.isUnresolved(group), scope, 'literal-required', 'a token as group');
  enforceIf(group.trim() === '', scope, 'group-empty', `'${group}'`);
  enforceIf(group.includes(':') && topic.cluster.source === 'msk', scope, 'group-colon', `'${group}'`);
  enforceIf(group.includes('*'), scope, 'group-star', `'${group}'`);
  const rival = consumersOf(scope).find(
    (other) => other.group === group && isSameCluster(other.cluster, topic.cluster),
  );
  enforceIf(
    rival !== undefined,
    scope,
    'group-shared',
    `'${group}', which is the group of ${rival?.construct.node.path}`,
  );
  return group;
}

/** `OrderMailer` is `order-mailer`. */
export function kebabCase(id: string): string {
  return id
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .toLowerCase();
}
