import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anOrder } from '../support/an-order.ts';
import { copyProject, type ProjectCopy } from '../support/project-copy.ts';
import { runStart } from '../support/run-cli.ts';

/** Fails for one order, for ever. */
const pickyHandler = `
import { json, kafkaHandler } from '../../lib/index.ts';
import { OrderEvent } from '../orders/order-event.ts';

export const handler = kafkaHandler({
  value: json(OrderEvent),
  ordering: 'key',
  handle: (record) => {
    if (record.value?.orderId === 'o-3') throw new Error('not this one');
  },
});
`;

/** Two consumers of one function's code: one gives up at once and has nowhere to put it, the other reads two orders only. */
const definitions = `      alarmAction: props.alarmAction,
    });
    const entry = join(import.meta.dirname, '..', 'handlers', 'picky', 'index.ts');
    new KafkaConsumer(this, 'Picky', { topic: props.orderEvents, entry, retryAttempts: 0 });
    new KafkaConsumer(this, 'Abroad', {
      topic: props.orderEvents,
      entry,
      filters: [{ value: { orderId: ['o-1', 'o-2'] } }],
    });
`;

const stdin = Array.from({ length: 8 }, (_, index) =>
  JSON.stringify(anOrder({ orderId: `o-${index}` })),
).join('\n');

let project: ProjectCopy;
beforeAll(async () => {
  project = await copyProject();
  await mkdir(join(project.directory, 'handlers/picky'));
  await project.write('handlers/picky/index.ts', pickyHandler);
  await project.edit(
    'cdk/consumers-stack.ts',
    '      alarmAction: props.alarmAction,\n    });\n',
    definitions,
  );
});
afterAll(() => project.remove());

test('a record that a mapping drops is lost: the run names it, tells why, and ends with 1', async () => {
  const { code, stdout, report } = await runStart(['--orders', '-', '--consumer', 'picky'], {
    cwd: project.directory,
    stdin,
  });
  expect(code).toBe(1);
  expect(report).toMatchObject({ lost: 1, discarded: [] });
  const [lost] = report.lostRecords;
  expect(lost).toMatchObject({
    consumer: 'picky',
    reason: expect.stringContaining('RetryAttemptsExhausted'),
  });
  expect(stdout).toContain('8 records in, 1 lost');
  expect(stdout).toMatch(new RegExp(`lost: 1\\n.*\\n${lost?.position} +picky +RetryAttemptsExhausted`));
  expect(sum(report.consumers.picky?.partitions, 'dropped')).toBe(1);
  expect(sum(report.consumers.picky?.partitions, 'succeeded')).toBe(7);
});

test('a record that the filter criteria keep back is not lost', async () => {
  const { code, report } = await runStart(['--orders', '-', '--consumer', 'abroad'], {
    cwd: project.directory,
    stdin,
  });
  expect({ code, lost: report.lost }).toEqual({ code: 0, lost: 0 });
  expect(sum(report.consumers.abroad?.partitions, 'filtered')).toBe(6);
  expect(sum(report.consumers.abroad?.partitions, 'succeeded')).toBe(2);
});

function sum<Field extends string>(
  partitions: readonly Readonly<Record<Field, number>>[] = [],
  field: Field,
): number {
  return partitions.reduce((total, partition) => total + partition[field], 0);
}
