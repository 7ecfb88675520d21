/** Reads what CloudFormation asks for. Its values are text, whatever the template had. */
import type { CloudFormationCustomResourceDeleteEvent, CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { TopicWish } from './topic-request.ts';

type Properties = CloudFormationCustomResourceEvent['ResourceProperties'];

/**
 * The wish in a request, or `undefined` when there is nothing to do: a topic that leaves the template stays, unless the template says
 * that its records may go.
 *
 * @param rollback whether CloudFormation takes an update back; nothing in the request tells
 */
export function topicWish(event: CloudFormationCustomResourceEvent, rollback = false): TopicWish | undefined {
  const wish = wishOf(event.ResourceProperties);
  if (event.RequestType === 'Delete') return mayDelete(event) ? { ...wish, state: 'absent' } : undefined;
  const old = oldProperties(event);
  return old ? { ...wish, ...changesSince(old, wish), rollback } : wish;
}

/** Whether an update asks for fewer partitions: a mistake, or an update that is taken back. */
export function asksForFewer(event: CloudFormationCustomResourceEvent): boolean {
  const old = oldProperties(event);
  return old !== undefined && Number(event.ResourceProperties.PartitionCount) < Number(old.PartitionCount);
}

/** One id for each topic: another name or cluster is another topic, so CloudFormation replaces the resource. */
export function physicalIdOf(properties: Properties): string {
  return `${properties.ClusterArn}/${properties.TopicName}`;
}

/** The id of a resource whose creation failed. Its deletion must not touch a topic that was there before. */
export function failedId(requestId: string): string {
  return `failed:${requestId}`;
}

function mayDelete({
  ResourceProperties,
  PhysicalResourceId,
}: CloudFormationCustomResourceDeleteEvent): boolean {
  return String(ResourceProperties.DeleteTopic) === 'true' && !PhysicalResourceId.startsWith('failed:');
}

/** What the template had of the same topic before. */
function oldProperties(event: CloudFormationCustomResourceEvent): Properties | undefined {
  if (event.RequestType !== 'Update') return undefined;
  const old = event.OldResourceProperties as Properties;
  return physicalIdOf(old) === physicalIdOf(event.ResourceProperties) ? old : undefined;
}

function changesSince(
  old: Properties,
  { configs, replicationFactor }: TopicWish,
): Pick<TopicWish, 'configs' | 'droppedConfigs' | 'copiesChanged'> {
  const before = configsOf(old);
  return {
    configs: Object.fromEntries(Object.entries(configs).filter(([name, value]) => before[name] !== value)),
    droppedConfigs: Object.keys(before).filter((name) => !(name in configs)),
    copiesChanged: Number(old.ReplicationFactor) !== replicationFactor,
  };
}

function wishOf(properties: Properties): TopicWish {
  return {
    state: 'present',
    name: String(properties.TopicName),
    partitions: wholeNumber(properties, 'PartitionCount'),
    replicationFactor: wholeNumber(properties, 'ReplicationFactor'),
    configs: configsOf(properties),
    droppedConfigs: [],
    copiesChanged: false,
    rollback: false,
  };
}

function wholeNumber(properties: Properties, name: string): number {
  const value = Number(properties[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} is a whole number from 1, got '${properties[name]}': correct the template`);
  return value;
}

function configsOf(properties: Properties): Readonly<Record<string, string>> {
  const configs: unknown = properties.Configs ?? {};
  if (typeof configs !== 'object' || configs === null || Array.isArray(configs))
    throw new Error(`Configs is an object of strings, got ${JSON.stringify(configs)}: correct the template`);
  return Object.fromEntries(Object.entries(configs).map(([name, value]) => [name, String(value)]));
}
