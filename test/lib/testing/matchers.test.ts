import { describe, expect, test } from 'vitest';
import '../../../lib/testing/vitest.ts';
import { bytes, kafkaHandler } from '../../../lib/index.ts';
import { aLambdaContext, aRecord, buildKafkaEvent, matchers } from '../../../lib/testing/index.ts';
import { remembering } from '../../support/run-batch.ts';

const event = buildKafkaEvent([0, 1, 2].map((offset) => aRecord({ offset })));
const answerOf = (...failing: readonly string[]) =>
  kafkaHandler({ value: bytes, ...remembering(...failing) })(event, aLambdaContext());

describe('toSucceed and toReportFailures', () => {
  test('tell an answer without failures from one with them', async () => {
    expect(await answerOf()).toSucceed();
    await expect(answerOf()).resolves.toSucceed();
    expect(await answerOf('order-events-0@1')).not.toSucceed();
    expect(await answerOf('order-events-0@1')).toReportFailures(['order-events-0@2', 'order-events-0@1']);
    expect(await answerOf('order-events-0@1')).not.toReportFailures(['order-events-0@1']);
    expect(await answerOf('order-events-0@2')).not.toReportFailures(['order-events-0@2', 'order-events-0@9']);
    expect(await answerOf()).not.toReportFailures(['order-events-0@0']);
    expect(await answerOf()).toReportFailures([]);
  });

  test('say what was reported', async () => {
    const answer = await answerOf('order-events-0@1');
    expect(() => expect(answer).toSucceed()).toThrow(
      'expected every record to be done, but it reported order-events-0@1, order-events-0@2',
    );
    expect(() => expect(answer).toReportFailures(['order-events-0@9'])).toThrow(
      'expected the function to report order-events-0@9, but it reported order-events-0@1, order-events-0@2',
    );
    expect(() => expect(answer).not.toReportFailures(['order-events-0@1', 'order-events-0@2'])).toThrow(
      'expected the function not to report exactly order-events-0@1, order-events-0@2',
    );
  });

  test('say that a promise is to be awaited', () => {
    expect(() => expect(answerOf()).toSucceed()).toThrow('it gave a promise, expected what that resolves to');
  });

  test.each([
    undefined,
    null,
    'ok',
    {},
    { batchItemFailures: null },
    { batchItemFailures: [{ itemIdentifier: 'order-events-0-1' }] },
    { batchItemFailures: [{ itemIdentifier: { partition: 'order-events-0', offset: '1' } }] },
  ])('take %j for no answer, neither a success nor a report', (answer) => {
    expect(matchers.toSucceed(answer).pass).toBe(false);
    expect(matchers.toReportFailures(answer, []).pass).toBe(false);
    expect(matchers.toSucceed(answer).message()).toContain('expected { batchItemFailures: [');
  });
});
