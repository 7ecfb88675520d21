/** Errors as the Kafka client makes them. */
import { AuthenticationError, MultipleErrors, ResponseError } from '@platformatic/kafka';

/** What a broker answers to CreateTopics. */
function refused(code: number, words: string | null = null): Error {
  return new ResponseError(19, 7, { '/topics/0': [code, words] }, {});
}

export const errors = {
  passing: {
    authorization: refused(29),
    cluster: refused(31),
    exists: refused(36),
    signIn: new MultipleErrors('Cannot connect to any broker.', [
      new AuthenticationError('SASL authentication failed.'),
    ]),
  },
  invalidConfig: refused(40, 'Unknown topic config name: retention.weeks'),
} as const;
