import type { LocalSystem } from '../assembly/local-system.ts';
import type { LocalServiceName, ServiceEnvironment } from './aws-client-config.ts';
import type { LocalService } from './local-service.ts';
import { startDynamodb } from './start-dynamodb.ts';
import { startMail } from './start-mail.ts';
import { startQueues } from './start-queues.ts';

export interface LocalServices {
  /** For the functions' environment, and for {@link createResources}. */
  readonly environment: ServiceEnvironment;
  stop(): Promise<void>;
}

interface Plan {
  readonly names: readonly LocalServiceName[];
  readonly needed: boolean;
  readonly start: () => Promise<LocalService>;
}

/**
 * Starts the AWS services that the template needs, each on a free port of 127.0.0.1. A service whose
 * `AWS_ENDPOINT_URL_<SERVICE>` (or `AWS_ENDPOINT_URL`) is set in `own` is not started: the functions use that one.
 *
 * @throws LocalError when a service does not start; then none is left running.
 */
export async function startServices(
  system: LocalSystem,
  own: NodeJS.ProcessEnv = process.env,
): Promise<LocalServices> {
  const starts = await Promise.allSettled(plans(system).map((plan) => startPlanned(plan, own)));
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async () => {
    await Promise.all(started.map((service) => service.stop()));
  };
  const failure = starts.find((start) => start.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const endpoints = Object.fromEntries(started.flatMap((service) => service.variables));
  return { environment: { ...identity(system, own), ...endpoints }, stop };
}

function plans(system: LocalSystem): readonly Plan[] {
  const { tables, queues, snsTopics, buckets, functions } = system;
  return [
    { names: ['DYNAMODB'], needed: tables.length > 0, start: startDynamodb },
    {
      names: ['SQS', 'SNS', 'S3'],
      needed: queues.length + snsTopics.length + buckets.length > 0,
      start: startQueues,
    },
    // Sending mail takes no resource in a template, so any function may.
    { names: ['SESV2'], needed: functions.length > 0, start: startMail },
  ];
}

async function startPlanned(plan: Plan, own: NodeJS.ProcessEnv) {
  const given = plan.names.map(
    (name) => [name, own[`AWS_ENDPOINT_URL_${name}`] || own.AWS_ENDPOINT_URL] as const,
  );
  const missing = given.some(([, endpoint]) => !endpoint);
  const service = plan.needed && missing ? await plan.start() : undefined;
  const variables = given.flatMap(([name, endpoint]) => {
    const url = endpoint || service?.endpoint;
    return url ? [[`AWS_ENDPOINT_URL_${name}`, url] as const] : [];
  });
  return { variables, stop: async () => service?.stop() };
}

/**
 * Made-up credentials, so that nothing here can reach a real account by mistake. Only who brings an endpoint brings
 * credentials: DynamoDB Local, for one, keeps other tables for each access key.
 */
function identity(system: LocalSystem, own: NodeJS.ProcessEnv): ServiceEnvironment {
  const bringsEndpoint = Object.keys(own).some((name) => name.startsWith('AWS_ENDPOINT_URL'));
  const given = bringsEndpoint ? own : {};
  return {
    AWS_REGION: system.region,
    AWS_DEFAULT_REGION: system.region,
    AWS_ACCESS_KEY_ID: given.AWS_ACCESS_KEY_ID || 'local',
    AWS_SECRET_ACCESS_KEY: given.AWS_SECRET_ACCESS_KEY || 'local',
    ...(given.AWS_SESSION_TOKEN ? { AWS_SESSION_TOKEN: given.AWS_SESSION_TOKEN } : {}),
  };
}
