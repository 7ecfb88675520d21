import { describe, expect, test } from 'vitest';
import { planTopic } from '../../../../cdk/constructs/topic-admin/plan-topic.ts';
import { aTopicWish } from '../../support/topic-wish.ts';

describe('a topic that should be there', () => {
  test('is created when it is not', () => {
    expect(planTopic(undefined, aTopicWish())).toEqual([{ kind: 'create' }]);
  });

  test('is left alone when it is as it should be', () => {
    expect(planTopic(3, aTopicWish())).toEqual([]);
  });

  test('gets the partitions it lacks and the configs it should have', () => {
    const wish = aTopicWish({
      partitions: 6,
      configs: { 'retention.ms': '1000' },
      droppedConfigs: ['segment.ms'],
    });
    expect(planTopic(3, wish)).toEqual([
      { kind: 'add-partitions', to: 6 },
      { kind: 'alter-configs', set: { 'retention.ms': '1000' }, drop: ['segment.ms'] },
    ]);
  });

  test('keeps its partitions when fewer are asked for, and the deployment fails', () => {
    expect(() => planTopic(6, aTopicWish({ partitions: 3 }))).toThrow(
      'topic order-events has 6 partitions and Kafka cannot take any away, got 3: ' +
        'set partitions to 6 or more, or write to a new topic',
    );
  });
});

describe('a topic that should be gone', () => {
  test('is deleted when it is there, and only then', () => {
    expect(planTopic(3, aTopicWish({ state: 'absent' }))).toEqual([{ kind: 'delete' }]);
    expect(planTopic(undefined, aTopicWish({ state: 'absent' }))).toEqual([]);
  });
});
