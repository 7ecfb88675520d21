import type { LocalSystem } from '../assembly/local-system.ts';
import { LocalError } from '../local-error.ts';
import { endpointOf, type LocalServiceName, type ServiceEnvironment } from './aws-client-config.ts';
import { createBuckets } from './create-buckets.ts';
import { createQueues } from './create-queues.ts';
import { createTables } from './create-tables.ts';
import { createTopics } from './create-topics.ts';

/**
 * Creates what the template declares in the services of `environment`. What is there already, in a service that somebody
 * else runs, stays as it is.
 *
 * @throws LocalError that names the service and its address.
 */
export async function createResources(system: LocalSystem, environment: ServiceEnvironment): Promise<void> {
  await Promise.all([
    inService('DYNAMODB', environment, () => createTables(system.tables, environment)),
    inService('SQS', environment, () => createQueues(system.queues, environment)),
    inService('SNS', environment, () => createTopics(system.snsTopics, environment)),
    inService('S3', environment, () => createBuckets(system.buckets, environment)),
  ]);
}

async function inService(
  service: LocalServiceName,
  environment: ServiceEnvironment,
  create: () => Promise<void>,
): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (error instanceof LocalError) throw error;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new LocalError(
      `${service} at ${endpointOf(environment, service)} does not create what the template declares: ${reason}`,
    );
  }
}
