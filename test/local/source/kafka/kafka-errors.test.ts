import { describe, expect, test } from 'vitest';
import { LocalError } from '../../../../local/local-error.ts';
import {
  isPassing,
  isRejoining,
  isUnknownTopic,
  kafkaProblem,
  passingTrouble,
} from '../../../../local/source/kafka/kafka-errors.ts';

/** An error as the client nests it: what it did outside, what Kafka said inside. */
function nested(apiId: string, message: string, code = 'PLT_KFK_RESPONSE'): Error {
  const inner = Object.assign(new Error(message), { apiId });
  return Object.assign(new Error('Received response with error while executing API Fetch(v17)'), {
    code,
    errors: [inner],
  });
}

const refused = (message: string) =>
  Object.assign(new Error(message), { code: 'PLT_KFK_AUTHENTICATION', cause: networkError('closed') });
const networkError = (message: string) => Object.assign(new Error(message), { code: 'PLT_KFK_NETWORK' });

describe('an error of the Kafka client', () => {
  test('that passes is told by its reason, and not by the request that met it', () => {
    const error = nested('UNKNOWN_TOPIC_ID', 'This server does not host this topic ID.');
    expect(passingTrouble(error).message).toBe('UNKNOWN_TOPIC_ID: This server does not host this topic ID');
    const told = new LocalError('topic orders was deleted');
    expect(passingTrouble(told)).toBe(told);
  });

  test.each([
    ['a leader that moved', nested('NOT_LEADER_OR_FOLLOWER', 'x'), true],
    ['a lost connection', networkError('ECONNRESET'), true],
    ['a fetch session that the broker forgot', nested('FETCH_SESSION_ID_NOT_FOUND', 'x'), true],
    ['credentials that were refused, though the connection is lost then', refused('no'), false],
    ['a right that is missing', nested('TOPIC_AUTHORIZATION_FAILED', 'x'), false],
    ['what is no error of Kafka', new TypeError('x'), false],
  ])('may pass or not: %s', (_title, error, passes) => {
    expect(isPassing(error)).toBe(passes);
  });

  test.each(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID'])(
    'tells that the group moved on: %s',
    (apiId) => {
      expect([isRejoining(nested(apiId, 'x')), isPassing(nested(apiId, 'x'))]).toEqual([true, false]);
    },
  );

  test('tells that a topic is not there, in the words of a broker and of the client', () => {
    expect(isUnknownTopic(nested('UNKNOWN_TOPIC_OR_PARTITION', 'x'))).toBe(true);
    expect(isUnknownTopic(new Error('Unknown topic orders.'))).toBe(true);
    expect(isUnknownTopic(networkError('x'))).toBe(false);
  });

  test('that holds itself does not hold us', () => {
    const circular: { cause?: unknown } & Error = networkError('lost');
    circular.cause = circular;
    expect(kafkaProblem(circular, 'localhost:9092').message).toBe(
      'cannot reach Kafka at localhost:9092: lost; is a broker listening there?',
    );
  });
});
