import type { LocalSystem } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';
import { awsClientConfig, type ServiceEnvironment } from './aws-client-config.ts';

export async function createTopics(
  topics: LocalSystem['snsTopics'],
  environment: ServiceEnvironment,
): Promise<void> {
  if (topics.length === 0) return;
  const { CreateTopicCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(awsClientConfig(environment, 'SNS'));
  try {
    for (const { topicName, arn } of topics) {
      const created = await client.send(new CreateTopicCommand({ Name: topicName }));
      // A topic is addressed by its ARN alone: with another account in it, every publish would fail.
      if (created.TopicArn !== arn) {
        throw new LocalError(
          `SNS created ${created.TopicArn}, but the template's functions publish to ${arn}`,
        );
      }
    }
  } finally {
    client.destroy();
  }
}
