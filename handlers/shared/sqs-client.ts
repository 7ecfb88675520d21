import { SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig } from './client-config.ts';

/**
 * The queue URL names the queue; where requests go is the client's own endpoint. By default the SDK takes the host of the
 * queue URL, which passes by `AWS_ENDPOINT_URL_SQS`. In AWS both are the same host.
 */
export function sqsClient(): SQSClient {
  return new SQSClient({ ...clientConfig, useQueueUrlAsEndpoint: false });
}
