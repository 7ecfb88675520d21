/** The offsets of docs/blue-green.md: a group copied with Kafka's own tool starts exactly where the other one had committed. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKafkaSource } from '../../../local/source/kafka-source.ts';
import type { RecordSource } from '../../../local/source/record-source.ts';
import { groupJournal } from '../../local/source/support/group-journal.ts';
import { produced } from '../../local/source/support/produced.ts';
import { type Kafka, startKafka } from '../support/start-kafka.ts';

let kafka: Kafka;
let source: RecordSource;

beforeAll(async () => {
  kafka = await startKafka();
  source = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
  await source.createTopic('order-events', 3);
  const orders = Array.from({ length: 30 }, (_, at) => produced(`order ${at}`, { partition: at % 3 }));
  await source.produce('order-events', orders);
});

afterAll(async () => {
  await source?.close();
  await kafka?.stop();
});

async function commitAs(group: string, offsets: ReadonlyMap<number, number>): Promise<void> {
  const member = await source.join('order-events', group, groupJournal().listener);
  await member.commit(offsets);
  await member.leave();
}

async function committedBy(group: string): Promise<ReadonlyMap<number, number>> {
  const member = await source.join('order-events', group, groupJournal().listener);
  const committed = await member.committed([0, 1, 2]);
  await member.leave();
  return committed;
}

async function resetOffsets(group: string, ...args: readonly string[]): Promise<string> {
  return kafka.runTool('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
    '--bootstrap-server',
    kafka.bootstrap,
    '--group',
    group,
    '--reset-offsets',
    ...args,
  ]);
}

test('a group copied by export and import goes on exactly where the other one stopped', async () => {
  const blue = new Map([
    [0, 4],
    [1, 10],
    [2, 7],
  ]);
  await commitAs('billing', blue);
  const exported = await resetOffsets('billing', '--all-topics', '--to-current', '--dry-run', '--export');
  const file = join(await mkdtemp(join(tmpdir(), 'lanewise-offsets-')), 'offsets.csv');
  await writeFile(
    file,
    exported
      .split('\n')
      .filter((line) => /^"?order-events"?,/.test(line))
      .join('\n'),
  );
  await resetOffsets('billing2', '--from-file', file, '--execute');
  expect(await committedBy('billing2')).toEqual(blue);
});
