import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleOrders } from '../../local/shop/sample-orders.ts';
import { createKafkaSource } from '../../local/source/kafka-source.ts';
import type { RecordSource } from '../../local/source/record-source.ts';
import { runCli, runStart } from '../support/run-cli.ts';
import { saslUser } from './support/broker-properties.ts';
import { describeGroupWithTool } from './support/kafka-tools.ts';
import { type Kafka, startKafka } from './support/start-kafka.ts';

let kafka: Kafka;
let source: RecordSource;
let ca: string;

beforeAll(async () => {
  kafka = await startKafka({ sasl: true, tls: true });
  source = createKafkaSource({ connection: { bootstrap: kafka.bootstrap } });
  ca = join(await mkdtemp(join(tmpdir(), 'lanewise-ca-')), 'ca.pem');
  await writeFile(ca, kafka.ca);
});
afterAll(async () => {
  await source?.close();
  await kafka?.stop();
});

const hour = 3_600_000;

/** Orders on a topic of their own; those that are older than a mapping's record age are given up. */
async function writeOrders(topic: string, count: number, ageMs = 0): Promise<void> {
  if (!(await source.describeTopic(topic))) await source.createTopic(topic, 3);
  const timestamp = Date.now() - ageMs;
  await source.produce(
    topic,
    sampleOrders({ count, seed: 31 }).map((order) => ({ ...order, timestamp })),
  );
}

const passwordOf = (password: string) => ({ environment: { LANEWISE_SASL_PASSWORD: password } });
const only = (topic: string) => ['--topic', topic, '--consumer', 'billing'];

describe('npm start -- --no-commit', () => {
  test('handles and gives up records as always, and leaves the Kafka as it was', async () => {
    await writeOrders('orders-in-use', 30);
    await writeOrders('orders-in-use', 12, 7 * hour);
    const before = await source.endOffsets('orders-in-use');
    const args = ['--bootstrap', kafka.bootstrap, '--no-commit', ...only('orders-in-use')];
    const { code, stdout, report } = await runStart(args);

    expect({ code, lost: report.lost, discarded: report.discarded.length }).toEqual({
      code: 0,
      lost: 0,
      discarded: 12,
    });
    expect(stdout).toMatch(/read-only: reads in groups of its own \(billing-lanewise-\w{8}\)/);
    expect(stdout).toContain('read-only: not written to topic order-events-dead-letter');
    expect(await source.describeTopic('order-events-dead-letter')).toBeUndefined();
    expect(await source.endOffsets('orders-in-use')).toEqual(before);
    const [group = ''] = /billing-lanewise-\w{8}/.exec(stdout) ?? [];
    for (const name of ['billing', group]) {
      const rows = await describeGroupWithTool(kafka, name);
      expect(rows.map(({ committed }) => committed).filter((offset) => offset !== undefined)).toEqual([]);
    }
  });

  test('writes no orders', async () => {
    const { code, stderr } = await runCli([
      'start',
      '--bootstrap',
      kafka.bootstrap,
      '--no-commit',
      '--count',
      '3',
    ]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'lanewise: no orders are written: this run only reads the Kafka; add --commit to commit and write there\n',
    });
  });
});

describe('npm start on a Kafka that wants to know who reads', () => {
  test.each(['plain', 'scram-sha-512'])('signs in with SASL %s', async (mechanism) => {
    const topic = `orders-${mechanism}`;
    await writeOrders(topic, 20);
    const user = ['--sasl-mechanism', mechanism, '--sasl-username', saslUser.username];
    const args = ['--bootstrap', kafka.saslBootstrap, ...user, ...only(topic)];
    const { code, report } = await runStart(args, passwordOf(saslUser.password));
    expect({ code, lost: report.lost, invocations: report.consumers.billing?.invocations }).toEqual({
      code: 0,
      lost: 0,
      invocations: expect.any(Number),
    });
    expect((await describeGroupWithTool(kafka, 'billing')).filter((row) => row.topic === topic)).toHaveLength(
      3,
    );

    const refused = await runCli(['start', ...args], passwordOf('wrong'));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^lanewise: Kafka at \S+ refused the credentials: .*\n$/);
    expect(refused.stderr + refused.stdout).not.toContain('wrong');

    const forgotten = await runCli(['start', ...args]);
    expect(forgotten.stderr).toContain('set the variable LANEWISE_SASL_PASSWORD');
  });

  test('trusts the certificates it is given', async () => {
    await writeOrders('orders-tls', 20);
    const args = ['--bootstrap', kafka.tlsBootstrap, '--ca', ca, ...only('orders-tls')];
    const { code, report } = await runStart(args);
    expect({ code, lost: report.lost, source: report.source }).toEqual({ code: 0, lost: 0, source: 'kafka' });
    expect((await runCli(['start', '--bootstrap', kafka.tlsBootstrap, '--tls'])).stderr).toContain(
      'certificate',
    );
  });
});
