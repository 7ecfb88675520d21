import type { IConstruct } from 'constructs';
import { enforceIf } from '../rules/enforce-rule.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';
import { isSameCluster } from './consumer-registry.ts';

export function checkDestination(scope: IConstruct, { topic, onFailure }: KafkaConsumerProps): void {
  switch (onFailure?.kind) {
    case 'queue':
      enforceIf(onFailure.queue.fifo, scope, 'destination-fifo', 'a FIFO queue');
      return;
    case 'sns':
      enforceIf(onFailure.topic.fifo, scope, 'destination-fifo', 'a FIFO SNS topic');
      return;
    case 'kafka': {
      const { topicName, cluster, created } = onFailure.topic;
      const same = isSameCluster(cluster, topic.cluster);
      enforceIf(!same, scope, 'destination-on-other-cluster', `'${topicName}' of another cluster`);
      enforceIf(topicName === topic.topicName, scope, 'destination-is-source', `'${topicName}'`);
      enforceIf(!created, scope, 'destination-topic-unknown', `'${topicName}'`);
      return;
    }
  }
}
