import type { SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { awsClientConfig, type ServiceEnvironment } from '../services/aws-client-config.ts';
import { buildMetadataRecord } from './destination-record.ts';
import type { DiscardDestination } from './discarded-batch.ts';

/** A standard queue: metadata only (R114, R117, documented). */
export function sqsDestination(queueUrl: string, environment: ServiceEnvironment): DiscardDestination {
  let send: ReturnType<typeof connect> | undefined;
  return {
    deliver: async (batch) => {
      send ??= connect(environment);
      await (await send)({ QueueUrl: queueUrl, MessageBody: JSON.stringify(buildMetadataRecord(batch)) });
    },
  };
}

/** The client is loaded with the first discarded batch: most runs have none. */
async function connect(environment: ServiceEnvironment) {
  const { SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  // The queue's address in the template is AWS's own: the endpoint decides.
  const client = new SQSClient({ ...awsClientConfig(environment, 'SQS'), useQueueUrlAsEndpoint: false });
  return (input: SendMessageCommandInput) => client.send(new SendMessageCommand(input));
}
