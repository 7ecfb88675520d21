import { ownModule } from '../own-module.ts';
import type { LocalService } from './local-service.ts';
import { startWorkerService } from './worker-service.ts';

/**
 * Starts fauxqs: SQS, SNS and S3 behind one endpoint on a free port of 127.0.0.1.
 *
 * It finds a queue by the last part of the queue URL and by the region in its host (`sqs.<region>.…`), whatever the rest
 * says: `https://sqs.eu-central-1.amazonaws.com/000000000000/ParkedRecords` is found when the queue was created by a client
 * of that region. But by default the SDK sends a request to the queue URL's host, even when AWS_ENDPOINT_URL_SQS is set:
 * clients that shall reach it need `useQueueUrlAsEndpoint: false`.
 */
export function startQueues(): Promise<LocalService> {
  return startWorkerService(ownModule('./queues-worker', import.meta.url));
}
