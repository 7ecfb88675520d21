/** What the brokers said, out of the errors of the Kafka client. */

/** An error of the client: what the broker answered is in the errors below it. */
interface BrokerError {
  readonly message: string;
  /** Kafka's own name of the error: `INVALID_CONFIG`. */
  readonly apiId?: string;
  /** The broker's own words. */
  readonly serverErrorMessage?: string | null;
  /** `PLT_KFK_AUTHENTICATION` when the sign-in failed. */
  readonly code?: string;
}

/** In words, because Lambda hands on the message of an error and nothing below it. */
export function refusalText(error: unknown): string {
  const texts = leavesOf(error).map(({ message, apiId, serverErrorMessage }) =>
    apiId ? `${serverErrorMessage || message} (${apiId})` : message,
  );
  return [...new Set(texts)].join('; ');
}

/** Rights that were just given reach the brokers some seconds later, and hide a topic until then. */
const passing = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'TOPIC_ALREADY_EXISTS',
]);

/** Whether the same request may pass in a moment. */
export function mayPass(error: unknown): boolean {
  return leavesOf(error).some(
    ({ apiId = '', code }) => passing.has(apiId) || code === 'PLT_KFK_AUTHENTICATION',
  );
}

function leavesOf(error: unknown): readonly BrokerError[] {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.flatMap(leavesOf);
  return [error instanceof Error ? error : { message: String(error) }];
}
