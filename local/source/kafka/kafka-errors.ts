import { LocalError } from '../../local-error.ts';

/** An error of the client or one inside it: it nests them as `errors` and as `cause`. */
interface ClientError {
  readonly message?: string;
  readonly code?: string;
  /** Kafka's own name of the error: `NOT_LEADER_OR_FOLLOWER`. */
  readonly apiId?: string;
}

const staleMetadata = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'INCONSISTENT_TOPIC_ID',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_OR_FOLLOWER',
  'REPLICA_NOT_AVAILABLE',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'KAFKA_STORAGE_ERROR',
  'OFFSET_NOT_AVAILABLE',
] as const;

const passing = [
  'REQUEST_TIMED_OUT',
  'BROKER_NOT_AVAILABLE',
  'NETWORK_EXCEPTION',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'NOT_CONTROLLER',
  'NOT_ENOUGH_REPLICAS',
  'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  'FETCH_SESSION_ID_NOT_FOUND',
  'INVALID_FETCH_SESSION_EPOCH',
  'FETCH_SESSION_TOPIC_ID_ERROR',
  'THROTTLING_QUOTA_EXCEEDED',
] as const;

const rejoining = [
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
] as const;

/** Whether the same request may succeed a moment later: a leader that moves, a broker that restarts. */
export function isPassing(error: unknown): boolean {
  const errors = allErrors(error);
  const refused = errors.some(({ code }) => code === 'PLT_KFK_AUTHENTICATION');
  return (
    !refused &&
    errors.some(
      ({ apiId, code }) => isOneOf([...staleMetadata, ...passing], apiId) || code === 'PLT_KFK_NETWORK',
    )
  );
}

/** Whether the group moved on without this member, or moves right now. */
export function isRejoining(error: unknown): boolean {
  return allErrors(error).some(({ apiId }) => isOneOf(rejoining, apiId));
}

export function isUnknownTopic(error: unknown): boolean {
  return allErrors(error).some(
    ({ apiId, message }) =>
      apiId === 'UNKNOWN_TOPIC_OR_PARTITION' ||
      apiId === 'UNKNOWN_TOPIC_ID' ||
      /^Unknown topic /.test(message ?? ''),
  );
}

export function hasApiId(error: unknown, apiId: string): boolean {
  return allErrors(error).some((one) => one.apiId === apiId);
}

/** An error that passes, told by its reason: the client's own message often says only which request it was. */
export function passingTrouble(error: Error): Error {
  return error instanceof LocalError ? error : new Error(reason(allErrors(error)));
}

/** One line for a person, who gave the address `bootstrap`. */
export function kafkaProblem(error: unknown, bootstrap: string): LocalError {
  if (error instanceof LocalError) {
    return error;
  }
  const errors = allErrors(error);
  const refused = errors.find(({ code }) => code === 'PLT_KFK_AUTHENTICATION');
  if (refused !== undefined) {
    return new LocalError(`Kafka at ${bootstrap} refused the credentials: ${reason(errors)}`);
  }
  if (errors.some(({ code }) => code === 'PLT_KFK_NETWORK')) {
    return new LocalError(
      `cannot reach Kafka at ${bootstrap}: ${reason(errors)}; is a broker listening there?`,
    );
  }
  return new LocalError(`Kafka at ${bootstrap} answered with an error: ${reason(errors)}`);
}

/** The most telling message: Kafka's own name of the error, else the innermost cause. */
function reason(errors: readonly ClientError[]): string {
  const named = errors.find(({ apiId }) => apiId !== undefined);
  const outer = errors.find(({ message }) => /^Connection to /.test(message ?? ''))?.message;
  const inner = named === undefined ? errors.at(-1)?.message : `${named.apiId}: ${named.message}`;
  const text = outer === undefined || outer === inner ? inner : `${outer.replace(/\.$/, '')} (${inner})`;
  return (text ?? 'no reason given').replace(/\.$/, '');
}

/** The error and everything inside it, outer before inner. */
function allErrors(error: unknown, seen = new Set<unknown>()): readonly ClientError[] {
  if (typeof error !== 'object' || error === null || seen.has(error)) {
    return [];
  }
  seen.add(error);
  const inside = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const cause = 'cause' in error ? [error.cause] : [];
  return [error, ...[...inside, ...cause].flatMap((one) => allErrors(one, seen))];
}

function isOneOf(names: readonly string[], name: string | undefined): boolean {
  return name !== undefined && names.includes(name);
}
