import { describe, expect, test } from 'vitest';
import { planTopic } from '../../../../cdk/constructs/topic-admin/plan-topic.ts';
import { aTopicWish } from '../../support/topic-wish.ts';

const three = { partitions: 3, copies: 3 };
const six = { partitions: 6, copies: 3 };

describe('a topic that should be there', () => {
  test('is created when it is not', () => {
    expect(planTopic(undefined, aTopicWish())).toEqual([{ kind: 'create' }]);
  });

  test('is left alone when it is as it should be', () => {
    expect(planTopic(three, aTopicWish())).toEqual([]);
  });

  test('gets the partitions it lacks and the configs it should have', () => {
    const wish = aTopicWish({
      partitions: 6,
      configs: { 'retention.ms': '1000' },
      droppedConfigs: ['segment.ms'],
    });
    expect(planTopic(three, wish)).toEqual([
      { kind: 'add-partitions', to: 6 },
      { kind: 'alter-configs', set: { 'retention.ms': '1000' }, drop: ['segment.ms'] },
    ]);
  });

  test('keeps its partitions when fewer are asked for, and the deployment fails', () => {
    expect(() => planTopic(six, aTopicWish({ partitions: 3 }))).toThrow(
      'topic order-events has 6 partitions and Kafka cannot take any away, got 3: ' +
        'set partitions to 6 or more, or write to a new topic',
    );
  });

  test('keeps what an update added of partitions when the update is taken back, so that the stack is not stuck', () => {
    expect(planTopic(six, aTopicWish({ rollback: true, configs: { 'retention.ms': '1000' } }))).toEqual([
      { kind: 'alter-configs', set: { 'retention.ms': '1000' }, drop: [] },
    ]);
  });

  test('keeps its copies when the template changes their number, and the deployment fails', () => {
    expect(() => planTopic(three, aTopicWish({ replicationFactor: 2, copiesChanged: true }))).toThrow(
      'topic order-events has 3 copies and keeps them, got replicationFactor 2: set it back to 3, or write to a new topic',
    );
    expect(planTopic(three, aTopicWish({ copiesChanged: true }))).toEqual([]);
  });

  test('may have another number of copies when it was there before the template', () => {
    expect(planTopic(three, aTopicWish({ replicationFactor: 2 }))).toEqual([]);
  });
});

describe('a topic that should be gone', () => {
  test('is deleted when it is there, and only then', () => {
    expect(planTopic(three, aTopicWish({ state: 'absent' }))).toEqual([{ kind: 'delete' }]);
    expect(planTopic(undefined, aTopicWish({ state: 'absent' }))).toEqual([]);
  });
});
