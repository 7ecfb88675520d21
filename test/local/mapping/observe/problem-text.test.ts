import { expect, it } from 'vitest';
import { problemText } from '../../../../local/mapping/observe/problem-text.ts';

it.each([
  [
    'connect ECONNREFUSED 127.0.0.1:9092',
    'PROBLEM: Connection error. Please check your event source connection configuration.',
  ],
  ['SASL authentication failed for user', 'PROBLEM: SASL authentication failed'],
  ['Not authorized to access group: billing', 'PROBLEM: Cluster failed to authorize Lambda'],
  ['unable to verify the first certificate', 'PROBLEM: Lambda failed to authenticate server'],
  ['topic order-events does not exist', 'PROBLEM: topic order-events does not exist'],
])('the source’s error "%s" shows as "%s"', (message, text) => {
  expect(problemText(message)).toBe(text);
});
