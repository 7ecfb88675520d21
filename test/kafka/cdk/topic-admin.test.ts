import { Admin } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyTopic } from '../../../cdk/constructs/topic-admin/apply-topic.ts';
import { withPatience } from '../../../cdk/constructs/topic-admin/with-patience.ts';
import { aTopicWish } from '../../cdk/support/topic-wish.ts';
import { type Kafka, startKafka } from '../support/start-kafka.ts';

let kafka: Kafka;
let admin: Admin;

beforeAll(async () => {
  kafka = await startKafka();
  admin = new Admin({ clientId: 'topic-admin', bootstrapBrokers: [kafka.bootstrap] });
});

afterAll(async () => {
  await admin?.close();
  await kafka?.stop();
});

/** What Kafka's own tool says of the topics there are. */
async function described(): Promise<string> {
  return kafka.runTool('org.apache.kafka.tools.TopicCommand', [
    '--bootstrap-server',
    kafka.bootstrap,
    '--describe',
    '--exclude-internal',
  ]);
}

/** One broker carries one copy. */
const wish = aTopicWish({
  name: 'order-events',
  replicationFactor: 1,
  configs: { 'retention.ms': '3600000' },
});

describe('the topic admin on a real Kafka', () => {
  test('creates a topic that is not there, with its configs', async () => {
    expect(await applyTopic(admin, wish)).toEqual({ steps: ['create'] });
    expect(await described()).toMatch(/Topic: order-events\s.*PartitionCount: 3\s.*retention\.ms=3600000/);
  });

  test('changes nothing that is as it should be', async () => {
    expect(await applyTopic(admin, { ...wish, configs: {} })).toEqual({ steps: [] });
  });

  test('adds partitions, sets configs, and lets dropped ones fall back to the default', async () => {
    const changed = {
      ...wish,
      partitions: 6,
      configs: { 'cleanup.policy': 'compact' },
      droppedConfigs: ['retention.ms'],
    };
    expect(await applyTopic(admin, changed)).toEqual({ steps: ['add-partitions', 'alter-configs'] });
    const text = await described();
    expect(text).toMatch(/PartitionCount: 6\s.*cleanup\.policy=compact/);
    // The broker's own.
    expect(text).toContain('retention.ms=-1');
  });

  test('keeps added partitions when the update that added them is taken back', async () => {
    const back = { ...wish, configs: { 'retention.ms': '3600000' }, rollback: true };
    expect(await applyTopic(admin, back)).toEqual({ steps: ['alter-configs'] });
    expect(await described()).toMatch(/PartitionCount: 6\s.*retention\.ms=3600000/);
  });

  test('refuses another number of copies, and leaves the topic as it was', async () => {
    const more = { ...wish, partitions: 6, replicationFactor: 3, copiesChanged: true };
    await expect(applyTopic(admin, more)).rejects.toThrow(
      'has 1 copies and keeps them, got replicationFactor 3',
    );
  });

  test('refuses to take partitions away, and leaves the topic as it was', async () => {
    await expect(applyTopic(admin, wish)).rejects.toThrow('has 6 partitions and Kafka cannot take any away');
    expect(await described()).toContain('PartitionCount: 6');
  });

  test('names what Kafka itself refuses', async () => {
    const unknown = { ...wish, partitions: 6, configs: { 'retention.weeks': '1' } };
    await expect(withPatience(() => applyTopic(admin, unknown), { attempts: 2, pause: 0 })).rejects.toThrow(
      /retention\.weeks.*\(INVALID_CONFIG\)$/,
    );
    expect(await described()).toContain('PartitionCount: 6');
  });

  test('deletes a topic that should be gone, and is content when it is', async () => {
    expect(await applyTopic(admin, { ...wish, state: 'absent' })).toEqual({ steps: ['delete'] });
    expect(await described()).not.toContain('order-events');
    expect(await applyTopic(admin, { ...wish, state: 'absent' })).toEqual({ steps: [] });
  });
});
