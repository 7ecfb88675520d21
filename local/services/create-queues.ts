import type { QueueConfig } from '../assembly/local-system.ts';
import { awsClientConfig, type ServiceEnvironment } from './aws-client-config.ts';

export async function createQueues(
  queues: readonly QueueConfig[],
  environment: ServiceEnvironment,
): Promise<void> {
  if (queues.length === 0) return;
  const { CreateQueueCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient(awsClientConfig(environment, 'SQS'));
  try {
    for (const { queueName } of queues) {
      const attributes = queueName.endsWith('.fifo') ? { Attributes: { FifoQueue: 'true' } } : {};
      await client.send(new CreateQueueCommand({ QueueName: queueName, ...attributes }));
    }
  } finally {
    client.destroy();
  }
}
