/** ARNs of what lives inside a cluster. They work on literal ARNs and on tokens alike. */
import { Fn } from 'aws-cdk-lib';

/**
 * `arn:…:topic/<cluster>/<uuid>/<topic>`, in the region and account of the cluster, whoever asks.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export function topicArn(clusterArn: string, topic: string): string {
  return childArn(clusterArn, 'topic', topic);
}

/** `arn:…:group/<cluster>/<uuid>/<group>`. */
export function groupArn(clusterArn: string, group: string): string {
  return childArn(clusterArn, 'group', group);
}

function childArn(clusterArn: string, kind: 'topic' | 'group', name: string): string {
  const parts = Fn.split(':cluster/', clusterArn);
  return `${Fn.select(0, parts)}:${kind}/${Fn.select(1, parts)}/${name}`;
}
