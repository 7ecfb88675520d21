import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { TopicWish } from '../../../cdk/constructs/topic-admin/topic-request.ts';
import { clusterArn } from './kafka-fixtures.ts';

export function aTopicWish(change: Partial<TopicWish> = {}): TopicWish {
  return {
    state: 'present',
    name: 'order-events',
    partitions: 3,
    replicationFactor: 3,
    configs: {},
    droppedConfigs: [],
    copiesChanged: false,
    rollback: false,
    ...change,
  };
}

type Properties = Readonly<Record<string, unknown>>;

interface RequestChange {
  readonly type?: 'Create' | 'Update' | 'Delete';
  readonly properties?: Properties;
  readonly oldProperties?: Properties;
  readonly physicalId?: string;
  readonly responseUrl?: string;
}

/** A request of CloudFormation, whose values are text. */
export function aTopicRequest(change: RequestChange = {}): CloudFormationCustomResourceEvent {
  const { type = 'Create', properties, oldProperties, physicalId, responseUrl } = change;
  const base = {
    ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:provider',
    ClusterArn: clusterArn,
    TopicName: 'order-events',
    PartitionCount: '3',
    ReplicationFactor: '3',
    Configs: {},
    DeleteTopic: 'false',
  };
  return {
    RequestType: type,
    ServiceToken: base.ServiceToken,
    ResponseURL: responseUrl ?? 'http://127.0.0.1:9/answer',
    StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/1',
    RequestId: 'request-1',
    LogicalResourceId: 'OrderEvents',
    ResourceType: 'Custom::KafkaTopic',
    ResourceProperties: { ...base, ...properties },
    ...(type !== 'Create' && { PhysicalResourceId: physicalId ?? `${clusterArn}/order-events` }),
    ...(type === 'Update' && { OldResourceProperties: { ...base, ...oldProperties } }),
  } as CloudFormationCustomResourceEvent;
}
