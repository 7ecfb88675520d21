import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ConsumerRecord, json, type KafkaEventRecord, kafkaHandler } from '../../../lib/index.ts';
import { aLambdaContext } from '../../../lib/testing/index.ts';
import { type EventOptions, eventText } from '../../../local/commands/event.ts';
import { LocalError } from '../../../local/local-error.ts';
import { partitionOfKey } from '../../../local/source/partitioner.ts';
import { runCli } from '../../support/run-cli.ts';

const defaults: EventOptions = {
  topic: 'order-events',
  records: 3,
  partitions: 3,
  offset: 0,
  seed: 1,
  selfManaged: false,
  thin: false,
};

const print = (options: Partial<EventOptions> = {}) => eventText({ ...defaults, ...options });

/** The records as a consumer gets them, and what it answers. */
async function consumed(text: string) {
  const records: ConsumerRecord<unknown, string>[] = [];
  const handler = kafkaHandler({ value: json(), handle: (record) => void records.push(record) });
  const { batchItemFailures } = await handler(JSON.parse(text), aLambdaContext());
  return { records, batchItemFailures };
}

async function aFile(content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'lanewise-')), 'value');
  await writeFile(path, content);
  return path;
}

describe('the event of npm run event', () => {
  test('is read by a consumer, each record in the partition that Kafka would choose', async () => {
    const { records, batchItemFailures } = await consumed(await print({ records: 12, offset: 40 }));
    expect(batchItemFailures).toEqual([]);
    expect(records.length).toBe(12);
    for (const { key, partition } of records) {
      expect(partition).toBe(partitionOfKey(Buffer.from(key ?? ''), 3));
    }
    expect(Math.min(...records.map(({ offset }) => offset))).toBe(40);
  });

  test('is the same for the same seed, and another for another', async () => {
    expect(await print({ seed: 7 })).toBe(await print({ seed: 7 }));
    expect(await print({ seed: 7 })).not.toBe(await print({ seed: 8 }));
  });

  test('has the key and the value it was given, to the byte', async () => {
    const value = await aFile(Uint8Array.of(0x00, 0xff, 0x0a));
    const text = await print({ key: 'k', value, topic: 'payments', partitions: 1 });
    const given: readonly KafkaEventRecord[] = JSON.parse(text).records['payments-0'];
    expect(given.map((record) => [record.key, record.value])).toEqual(Array(3).fill(['aw==', 'AP8K']));
  });

  test('is one of MSK, of another Kafka, or a retry', async () => {
    const fields = async (options: Partial<EventOptions>) => Object.keys(JSON.parse(await print(options)));
    expect(await fields({})).toEqual(['eventSource', 'eventSourceArn', 'bootstrapServers', 'records']);
    expect(await fields({ selfManaged: true })).toEqual(['eventSource', 'bootstrapServers', 'records']);
    expect(await fields({ thin: true })).toEqual(['records']);
  });

  test('is refused when it is larger than Lambda would send, or its value cannot be read', async () => {
    const value = await aFile('x'.repeat(2_000_000));
    await expect(print({ value })).rejects.toThrow(/^the event has 8\d{6} bytes .* fewer --records/);
    await expect(print({ value: await aFile('x'.repeat(6_291_457)) })).rejects.toThrow(LocalError);
    await expect(print({ value: '/nowhere/value' })).rejects.toThrow(
      'cannot read the value of /nowhere/value',
    );
  });

  test('is what the command prints', async () => {
    const args = [
      'event',
      '--topic',
      'payments',
      '--records',
      '2',
      '--partitions',
      '1',
      '--seed',
      '5',
      '--thin',
    ];
    const { code, stdout } = await runCli(args);
    expect(code).toBe(0);
    expect(stdout).toBe(await print({ topic: 'payments', records: 2, partitions: 1, seed: 5, thin: true }));
    expect((await runCli(['event', '--records', '0'])).code).toBe(2);
  });
});
