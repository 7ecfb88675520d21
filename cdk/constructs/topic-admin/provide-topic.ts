import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { type Answer, answerCloudFormation } from './answer-cloudformation.ts';
import type { TopicRequest } from './topic-request.ts';
import { asksForFewer, failedId, physicalIdOf, topicWish } from './topic-wish.ts';

/** What the provider reaches: MSK's API and the admin function. */
export interface TopicBackend {
  /** Whether CloudFormation takes an update of the stack back. */
  isRollingBack(stackId: string): Promise<boolean>;
  bootstrapBrokers(clusterArn: string): Promise<readonly string[]>;
  /** Rejects when the admin function failed. */
  applyTopic(request: TopicRequest): Promise<void>;
}

/** Carries out a request of CloudFormation and answers it. Rejects only when the answer cannot be given. */
export async function provideTopic(
  event: CloudFormationCustomResourceEvent,
  backend: TopicBackend,
): Promise<void> {
  await answerCloudFormation(event, await outcomeOf(event, backend));
}

async function outcomeOf(event: CloudFormationCustomResourceEvent, backend: TopicBackend): Promise<Answer> {
  try {
    const rollback = asksForFewer(event) && (await backend.isRollingBack(event.StackId));
    const topic = topicWish(event, rollback);
    if (topic) {
      const bootstrapBrokers = await backend.bootstrapBrokers(String(event.ResourceProperties.ClusterArn));
      await backend.applyTopic({ bootstrapBrokers, topic });
    }
    return { status: 'SUCCESS', physicalId: succeededId(event) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { status: 'FAILED', physicalId: unchangedId(event), reason };
  }
}

function succeededId(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Delete' ? event.PhysicalResourceId : physicalIdOf(event.ResourceProperties);
}

function unchangedId(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create' ? failedId(event.RequestId) : event.PhysicalResourceId;
}
