import { expect, test } from 'vitest';
import type { DiscardedBatch } from '../../../local/destination/discarded-batch.ts';
import { readKnobs } from '../../../local/mapping/knobs.ts';
import { type AuditOptions, startAudit } from '../../../local/run/audit.ts';
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
  expect(audit.passedOver()).toEqual([{ partition: 0, offset: 1 }]);
});

test('a record that went to another member before it was handled does not', async () => {
  const source = await aTopicOf(['a', 'b', 'c']);
  const audit = startAudit();
  let ours = quiet;
  const revoked = Promise.withResolvers<void>();
  const watched = audit.source({
    ...source,
    join: async (topic, group, listener) => {
      ours = listener;
      const joined = await source.join(topic, group, listener);
      return {
        ...joined,
        fetch: async (request) => {
          if (request.offset === 0) await revoked.promise;
          return joined.fetch(request);
        },
      };
    },
  });
  const member = await watched.join('orders', 'billing', quiet);
  const late = member.fetch(all);
  await audit.invoker(answering([])).invoke(payloadOf(0));
  await member.commit(new Map([[0, 1]]));
  ours.revoked([0]);
  revoked.resolve();
  await late;
  // The other member has done the second record.
  ours.assigned([0]);
  await member.fetch({ ...all, offset: 2 });
  await audit.invoker(answering([])).invoke(payloadOf(2));
  await member.commit(new Map([[0, 3]]));
  expect(audit.passedOver()).toEqual([]);
});

/** Offsets that count as lost when three records are read, sent, answered so, and committed. */
async function lostAfter(answer: string, options: AuditOptions = {}): Promise<readonly number[]> {
  const audit = startAudit(options);
  const member = await audit.source(await aTopicOf(['a', 'b', 'c'])).join('orders', 'billing', quiet);
  await member.fetch(all);
  await audit
    .invoker({ invoke: async () => ({ kind: 'returned', payload: answer }) })
    .invoke(payloadOf(0, 1, 2));
  await member.commit(new Map([[0, 3]]));
  return audit.passedOver().map(({ offset }) => offset);
}

const failure = (partition: string, offset: unknown) =>
  JSON.stringify({ batchItemFailures: [{ itemIdentifier: { partition, offset } }] });
const provisioned = { minimumPollers: 1, maximumPollers: 1 };
const reading = { reportBatchItemFailures: true, provisioned };

test.each(['null', '', '""', '[]', '{}', '{"batchItemFailures":null}', '{"batchItemFailures":[]}'])(
  'the answer %j stands for the whole batch',
  async (answer) => {
    expect(await lostAfter(answer, { config: reading })).toEqual([]);
  },
);

test.each([
  '"done"',
  '7',
  '[1]',
  '{"batchItemFailures":"none"}',
  '{"batchItemFailures":[null]}',
  failure('orders-0', '1'),
  failure('orders-0', 9),
  failure('orders-1', 1),
  'not JSON',
])('the answer %j, which AWS takes for a failed batch, stands for nothing', async (answer) => {
  expect(await lostAfter(answer, { config: reading })).toEqual([0, 1, 2]);
});

test('an answer that a knob makes readable is read so', async () => {
  const config = reading;
  expect(await lostAfter('"done"', { config, knobs: readKnobs({ malformedBody: 'success' }) })).toEqual([]);
  const knobs = readKnobs({ stringOffset: 'accept' });
  expect(await lostAfter(failure('orders-0', '1'), { config, knobs })).toEqual([1]);
});

test('a mapping that reads no failures takes any answer for success, and loses what is listed as failed', async () => {
  for (const config of [
    { reportBatchItemFailures: false, provisioned },
    { reportBatchItemFailures: true, provisioned: undefined },
  ]) {
    expect(await lostAfter('"done"', { config })).toEqual([]);
    expect(await lostAfter('{"batchItemFailures":[null]}', { config })).toEqual([]);
    expect(await lostAfter(failure('orders-0', 1), { config })).toEqual([1]);
  }
});

test('a record that the filter criteria keep back is not lost when a commit passes it', async () => {
  const audit = startAudit({ filters: [{ value: ['b'] }] });
  const member = await audit.source(await aTopicOf(['a', 'b', 'c'])).join('orders', 'billing', quiet);
  await member.fetch(all);
  await member.commit(new Map([[0, 3]]));
  expect(audit.passedOver()).toEqual([{ partition: 0, offset: 1 }]);
});

test('a record that was given up counts as lost unless its destination took it', async () => {
  for (const takes of [true, false]) {
    const audit = startAudit();
    const member = await audit.source(await aTopicOf(['a', 'b'])).join('orders', 'billing', quiet);
    await member.fetch(all);
    const destination = audit.destination({
      deliver: async () => {
        if (!takes) throw new Error('no such queue');
      },
    });
    const batch = { payload: JSON.parse(payloadOf(0, 1)) } as DiscardedBatch;
    await destination.deliver(batch).catch(() => undefined);
    await member.commit(new Map([[0, 2]]));
    expect(audit.passedOver()).toHaveLength(takes ? 0 : 2);
  }
});
