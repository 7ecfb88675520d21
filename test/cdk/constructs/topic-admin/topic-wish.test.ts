import { describe, expect, test } from 'vitest';
import { topicWish } from '../../../../cdk/constructs/topic-admin/topic-wish.ts';
import { aTopicRequest, aTopicWish } from '../../support/topic-wish.ts';

describe('a topic in the template', () => {
  test('is wished for as the template has it', () => {
    expect(topicWish(aTopicRequest())).toEqual(aTopicWish());
  });

  test('drops the configs that the template no longer sets', () => {
    const event = aTopicRequest({
      type: 'Update',
      properties: { Configs: { 'retention.ms': '5' } },
      oldProperties: { Configs: { 'retention.ms': '1', 'cleanup.policy': 'compact' } },
    });
    expect(topicWish(event)).toEqual(
      aTopicWish({ configs: { 'retention.ms': '5' }, droppedConfigs: ['cleanup.policy'] }),
    );
  });

  test('asks on an update for what changed, because a Serverless cluster takes some configs at the creation only', () => {
    const event = aTopicRequest({
      type: 'Update',
      properties: { Configs: { 'retention.ms': '5', 'cleanup.policy': 'compact' } },
      oldProperties: { Configs: { 'retention.ms': '1', 'cleanup.policy': 'compact' } },
    });
    expect(topicWish(event)).toEqual(aTopicWish({ configs: { 'retention.ms': '5' } }));
  });

  test('notes when the template changes the number of copies', () => {
    const event = aTopicRequest({ type: 'Update', oldProperties: { ReplicationFactor: '2' } });
    expect(topicWish(event)).toEqual(aTopicWish({ copiesChanged: true }));
  });

  test('inherits nothing from the topic whose place it takes', () => {
    const event = aTopicRequest({
      type: 'Update',
      oldProperties: { TopicName: 'orders', Configs: { 'cleanup.policy': 'compact' } },
    });
    expect(topicWish(event)).toEqual(aTopicWish());
  });

  test.each([
    ['PartitionCount', '3.5', "PartitionCount is a whole number from 1, got '3.5': correct the template"],
    [
      'ReplicationFactor',
      'three',
      "ReplicationFactor is a whole number from 1, got 'three': correct the template",
    ],
    ['Configs', 'e30=', 'Configs is an object of strings, got "e30=": correct the template'],
  ])('is refused when %s is %s', (name, value, message) => {
    expect(() => topicWish(aTopicRequest({ properties: { [name]: value } }))).toThrow(message);
  });
});

describe('a topic that leaves the template', () => {
  test('stays, unless the template says that its records may go', () => {
    expect(topicWish(aTopicRequest({ type: 'Delete' }))).toBeUndefined();
    expect(topicWish(aTopicRequest({ type: 'Delete', properties: { DeleteTopic: 'true' } }))).toEqual(
      aTopicWish({ state: 'absent' }),
    );
  });

  test('stays when its own creation had failed, because somebody else may have made it', () => {
    const event = aTopicRequest({
      type: 'Delete',
      properties: { DeleteTopic: 'true' },
      physicalId: 'failed:request-1',
    });
    expect(topicWish(event)).toBeUndefined();
  });
});
