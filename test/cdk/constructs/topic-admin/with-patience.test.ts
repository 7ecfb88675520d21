import { describe, expect, test } from 'vitest';
import { withPatience } from '../../../../cdk/constructs/topic-admin/with-patience.ts';
import { errors } from './support/broker-errors.ts';

/** Asks something that is refused a few times, and tells how often it was asked. */
function asking(refusals: readonly unknown[], attempts = 3) {
  let asked = 0;
  const outcome = withPatience(
    async () => {
      const refusal = refusals[asked];
      asked += 1;
      if (refusal) throw refusal;
      return 'done';
    },
    { attempts, pause: 0 },
  );
  return { outcome, asked: () => asked };
}

describe('a request of the topic admin', () => {
  test.each(Object.entries(errors.passing))('is made again after %s, which passes', async (_name, error) => {
    const { outcome, asked } = asking([error, error]);
    expect(await outcome).toBe('done');
    expect(asked()).toBe(3);
  });

  test('is given up with the words of the brokers when the rights do not come', async () => {
    const { authorization } = errors.passing;
    const { outcome, asked } = asking([authorization, authorization, authorization]);
    await expect(outcome).rejects.toThrow(/^Topic authorization failed\. \(TOPIC_AUTHORIZATION_FAILED\)$/);
    expect(asked()).toBe(3);
  });

  test('is not made again when it is wrong', async () => {
    const { outcome, asked } = asking([errors.invalidConfig]);
    await expect(outcome).rejects.toThrow(/^Unknown topic config name: retention\.weeks \(INVALID_CONFIG\)$/);
    expect(asked()).toBe(1);
  });

  test('keeps the message of an error that is not of the brokers', async () => {
    await expect(asking([new Error('no region')]).outcome).rejects.toThrow(/^no region$/);
  });
});
