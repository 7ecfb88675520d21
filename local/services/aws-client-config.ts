/** Environment variables for the functions and for our own clients: endpoints, region, credentials. */
export type ServiceEnvironment = Readonly<Record<string, string>>;

export type LocalServiceName = 'DYNAMODB' | 'SQS' | 'SNS' | 'S3' | 'SESV2';

/** The address of a service, if the environment has one. */
export function endpointOf(environment: ServiceEnvironment, service: LocalServiceName): string | undefined {
  return environment[`AWS_ENDPOINT_URL_${service}`];
}

/**
 * What every client of ours in local/ is made with. Everything is explicit: a client that looked around by itself could
 * find a real account's profile.
 */
export function awsClientConfig(environment: ServiceEnvironment, service: LocalServiceName) {
  const endpoint = endpointOf(environment, service);
  if (endpoint === undefined)
    throw new Error(`no local endpoint for ${service}: startServices did not need one`);
  return {
    endpoint,
    region: environment.AWS_REGION ?? 'us-east-1',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? 'local',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? 'local',
    },
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  };
}
