import { expect, test } from 'vitest';
import { transact } from '../../../../lib/checkpoint/dynamodb/index.ts';
import { aRecord } from '../../../../lib/testing/index.ts';
import { aGroup } from '../support/a-group.ts';

test('text is counted in the bytes that it takes, not in its letters', async () => {
  const group = aGroup({
    handle: ({ offset }) =>
      transact([
        { Put: { TableName: 'Effects', Item: { id: `r${offset}`, applied: 1, body: 'ü'.repeat(195_000) } } },
      ]),
  });
  await group.deliver(Array.from({ length: 16 }, (_, offset) => aRecord({ offset })));
  expect(group.database.requests.TransactWriteCommand).toBe(2);
});
