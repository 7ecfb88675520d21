import type { PublishCommandInput } from '@aws-sdk/client-sns';
import { awsClientConfig, type ServiceEnvironment } from '../services/aws-client-config.ts';
import { buildMetadataRecord } from './destination-record.ts';
import type { DiscardDestination } from './discarded-batch.ts';

/** R118, documented. The payload is never in it, so only a batch of very many partitions can be larger. */
const MAXIMUM_BYTES = 256 * 1024;

/** A standard topic: metadata only (R114, R117, documented). */
export function snsDestination(topicArn: string, environment: ServiceEnvironment): DiscardDestination {
  let publish: ReturnType<typeof connect> | undefined;
  return {
    deliver: async (batch) => {
      const Message = JSON.stringify(buildMetadataRecord(batch));
      const bytes = Buffer.byteLength(Message);
      if (bytes > MAXIMUM_BYTES) {
        throw new Error(`the metadata have ${bytes} bytes, SNS takes ${MAXIMUM_BYTES} at most`);
      }
      publish ??= connect(environment);
      await (await publish)({ TopicArn: topicArn, Message });
    },
  };
}

/** The client is loaded with the first discarded batch: most runs have none. */
async function connect(environment: ServiceEnvironment) {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(awsClientConfig(environment, 'SNS'));
  return (input: PublishCommandInput) => client.send(new PublishCommand(input));
}
