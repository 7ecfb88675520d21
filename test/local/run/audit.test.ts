import { expect, test } from 'vitest';
import { startAudit } from '../../../local/run/audit.ts';
import { createEmbeddedSource } from '../../../local/source/embedded-source.ts';
import type { GroupListener } from '../../../local/source/record-source.ts';
import { produced } from '../source/support/produced.ts';

const quiet: GroupListener = { assigned: () => {}, revoked: () => {}, trouble: () => {} };
const all = { partition: 0, offset: 0, maxRecords: 10, maxBytes: 10_000, maxWaitMs: 0 };

async function aTopicOf(values: readonly string[]) {
  const source = createEmbeddedSource();
  await source.createTopic('orders', 2);
  await source.produce(
    'orders',
    values.map((value) => ({ ...produced(value), partition: 0 })),
  );
  return source;
}

/** What a mapping would send for these offsets of orders-0. */
const payloadOf = (...offsets: readonly number[]) =>
  JSON.stringify({ records: { 'orders-0': offsets.map((offset) => ({ partition: 0, offset })) } });

const answering = (failures: readonly number[]) => ({
  invoke: async () => ({
    kind: 'returned' as const,
    payload: JSON.stringify({
      batchItemFailures: failures.map((offset) => ({ itemIdentifier: { partition: 'orders-0', offset } })),
    }),
  }),
});

test('a commit past a record that was reported as failed counts as lost', async () => {
  const audit = startAudit();
  const member = await audit.source(await aTopicOf(['a', 'b', 'c'])).join('orders', 'billing', quiet);
  await member.fetch(all);
  await audit.invoker(answering([1])).invoke(payloadOf(0, 1, 2));
  await member.commit(new Map([[0, 3]]));
  expect(audit.passedOver()).toBe(1);
});

test('a record that went to another member before it was handled does not', async () => {
  const source = await aTopicOf(['a', 'b', 'c']);
  const audit = startAudit();
  let ours = quiet;
  const watched = audit.source({
    ...source,
    join: (topic, group, listener) => {
      ours = listener;
      return source.join(topic, group, listener);
    },
  });
  const member = await watched.join('orders', 'billing', quiet);
  const late = member.fetch(all);
  await audit.invoker(answering([])).invoke(payloadOf(0));
  await member.commit(new Map([[0, 1]]));
  ours.revoked([0]);
  await late;
  // The other member has done the second record.
  ours.assigned([0]);
  await member.fetch({ ...all, offset: 2 });
  await audit.invoker(answering([])).invoke(payloadOf(2));
  await member.commit(new Map([[0, 3]]));
  expect(audit.passedOver()).toBe(0);
});
