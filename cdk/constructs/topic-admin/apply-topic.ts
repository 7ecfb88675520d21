import { type Admin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka';
import { planTopic, type TopicStep } from './plan-topic.ts';
import type { TopicOutcome, TopicState, TopicWish } from './topic-request.ts';

/** Makes a topic as it is wished for: creates it, adds partitions, changes configs, deletes it. */
export async function applyTopic(admin: Admin, wish: TopicWish): Promise<TopicOutcome> {
  const steps = planTopic(await stateOf(admin, wish.name), wish);
  for (const step of steps) await carryOut(admin, wish, step);
  return { steps: steps.map((step) => step.kind) };
}

async function stateOf(admin: Admin, name: string): Promise<TopicState | undefined> {
  const names = await admin.listTopics({ includeInternals: false });
  if (!names.includes(name)) return undefined;
  const { topics } = await admin.metadata({ topics: [name], autocreateTopics: false, forceUpdate: true });
  const found = topics.get(name);
  return found && { partitions: found.partitionsCount, copies: found.partitions[0]?.replicas.length ?? 0 };
}

async function carryOut(admin: Admin, wish: TopicWish, step: TopicStep): Promise<void> {
  switch (step.kind) {
    case 'create':
      await admin.createTopics({
        topics: [{ topic: wish.name, partitions: wish.partitions, replicas: wish.replicationFactor }],
        configs: Object.entries(wish.configs).map(([name, value]) => ({ name, value })),
      });
      return;
    case 'add-partitions':
      await admin.createPartitions({ topics: [{ name: wish.name, count: step.to, assignments: null }] });
      return;
    case 'alter-configs':
      await alterConfigs(admin, wish.name, step);
      return;
    case 'delete':
      await admin.deleteTopics({ topics: [wish.name] });
      return;
  }
}

async function alterConfigs(
  admin: Admin,
  topic: string,
  { set, drop }: Extract<TopicStep, { kind: 'alter-configs' }>,
): Promise<void> {
  const { SET, DELETE } = IncrementalAlterConfigOperationTypes;
  await admin.incrementalAlterConfigs({
    resources: [
      {
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName: topic,
        configs: [
          ...Object.entries(set).map(([name, value]) => ({ name, value, configOperation: SET })),
          ...drop.map((name) => ({ name, configOperation: DELETE })),
        ],
      },
    ],
  });
}
