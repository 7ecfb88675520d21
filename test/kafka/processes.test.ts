import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../local/report/run-report.ts';
import type { LocalService } from '../../local/services/local-service.ts';
import { startDynamodb } from '../../local/services/start-dynamodb.ts';
import { sampleOrders } from '../../local/shop/sample-orders.ts';
import { createKafkaSource } from '../../local/source/kafka-source.ts';
import { expectedEffects } from '../support/expected-effects.ts';
import { type StartedCli, startCli } from '../support/run-cli.ts';
import { describeGroupWithTool } from './support/kafka-tools.ts';
import { type Kafka, startKafka } from './support/start-kafka.ts';

const count = 1_800;

let kafka: Kafka;
beforeAll(async () => {
  kafka = await startKafka();
});
afterAll(() => kafka?.stop());

/** What the consumers have done outlives a process, and is shared by all, as it is in AWS. */
let dynamodb: LocalService;
const started: StartedCli[] = [];
beforeEach(async () => {
  dynamodb = await startDynamodb();
});
afterEach(async () => {
  for (const { process } of started.splice(0)) process.kill('SIGKILL');
  await dynamodb.stop();
});

const orders = sampleOrders({ count, seed: 21 });

/** The orders of a test, written a third after the other. */
async function openTopic(topic: string) {
  const source = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
  await source.createTopic(topic, 3);
  let third = 0;
  return {
    writeThird: async () => {
      await source.produce(topic, orders.slice((third * count) / 3, ((third + 1) * count) / 3));
      third += 1;
    },
    close: () => source.close(),
  };
}

/** A lanewise that stays until it is told to end, however often its lanes are drained. */
async function startStaying(topic: string) {
  const report = join(await mkdtemp(join(tmpdir(), 'lanewise-report-')), 'report.json');
  const args = [
    '--bootstrap',
    kafka.bootstrap,
    '--topic',
    topic,
    '--consumer',
    'billing',
    '--report',
    report,
  ];
  const cli = startCli(['dev', ...args], {
    environment: { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint },
  });
  started.push(cli);
  return {
    ...cli,
    works: () => cli.printed(/billing .*done [1-9]/),
    end: async (): Promise<RunReport> => {
      cli.process.kill('SIGINT');
      const { code, stderr } = await cli.result();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return JSON.parse(await readFile(report, 'utf8')) as RunReport;
    },
  };
}

async function groupRows(topic: string) {
  return (await describeGroupWithTool(kafka, 'billing')).filter((row) => row.topic === topic);
}

async function drained(topic: string): Promise<void> {
  const committed = async () => (await groupRows(topic)).reduce((sum, row) => sum + (row.committed ?? 0), 0);
  await expect.poll(committed, { interval: 500 }).toBe(count);
}

async function joined(topic: string, members: number): Promise<void> {
  const joinedMembers = async () => new Set((await groupRows(topic)).map(({ member }) => member)).size;
  await expect.poll(joinedMembers, { interval: 500 }).toBe(members);
}

const succeeded = ({ consumers }: RunReport) =>
  (consumers.billing?.partitions ?? []).reduce((sum, partition) => sum + partition.succeeded, 0);

/** Each order has its one invoice, whoever wrote it. */
const { invoices, creditNotes } = expectedEffects(orders);

describe('two processes of one group', () => {
  test('share the work when the second joins, and the first goes on alone when it leaves', async () => {
    const topic = await openTopic('shared-orders');
    await topic.writeThird();
    const first = await startStaying('shared-orders');
    await first.works();
    const second = await startStaying('shared-orders');
    await joined('shared-orders', 2);
    await topic.writeThird();
    await second.works();
    const left = second.end();
    await topic.writeThird();
    await drained('shared-orders');
    const reports = [await first.end(), await left];

    expect(reports.map(({ lost }) => lost)).toEqual([0, 0]);
    for (const report of reports) expect(succeeded(report)).toBeGreaterThan(0);
    expect(reports[0]?.effects).toMatchObject({ invoices, creditNotes });
    await topic.close();
  });

  test('lose nothing when one of them is killed', async () => {
    const topic = await openTopic('killed-orders');
    await topic.writeThird();
    const heir = await startStaying('killed-orders');
    const victim = await startStaying('killed-orders');
    await joined('killed-orders', 2);
    await topic.writeThird();
    await victim.works();
    victim.process.kill('SIGKILL');
    await topic.writeThird();
    await drained('killed-orders');
    const report = await heir.end();

    expect(report.lost).toBe(0);
    expect(report.effects).toMatchObject({ invoices, creditNotes });
    await topic.close();
  });
});

test('a broker that restarts half way costs no record and no process', async () => {
  const topic = await openTopic('restarted-orders');
  await topic.writeThird();
  const run = await startStaying('restarted-orders');
  await run.works();
  await topic.writeThird();
  await kafka.restart();
  await topic.writeThird();
  await drained('restarted-orders');
  const report = await run.end();

  expect(report.lost).toBe(0);
  expect(report.effects).toMatchObject({ invoices, creditNotes });
  await topic.close();
});
