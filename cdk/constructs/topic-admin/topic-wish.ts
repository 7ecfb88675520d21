/** Reads what CloudFormation asks for. Its values are text, whatever the template had. */
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { TopicWish } from './topic-request.ts';

type Properties = CloudFormationCustomResourceEvent['ResourceProperties'];

/**
 * The wish in a request, or `undefined` when there is nothing to do: a topic that leaves the template stays, unless the template says
 * that its records may go.
 */
export function topicWish(event: CloudFormationCustomResourceEvent): TopicWish | undefined {
  const properties = event.ResourceProperties;
  if (event.RequestType !== 'Delete') return wishOf(properties, 'present', droppedConfigs(event));
  const mayDelete = String(properties.DeleteTopic) === 'true' && !wasNeverMade(event.PhysicalResourceId);
  return mayDelete ? wishOf(properties, 'absent', []) : undefined;
}

/** One id for each topic: another name or cluster is another topic, so CloudFormation replaces the resource. */
export function physicalIdOf(properties: Properties): string {
  return `${properties.ClusterArn}/${properties.TopicName}`;
}

/** The id of a resource whose creation failed. Its deletion must not touch a topic that was there before. */
export function failedId(requestId: string): string {
  return `failed:${requestId}`;
}

function wasNeverMade(physicalId: string): boolean {
  return physicalId.startsWith('failed:');
}

function wishOf(properties: Properties, state: TopicWish['state'], dropped: readonly string[]): TopicWish {
  return {
    state,
    name: String(properties.TopicName),
    partitions: wholeNumber(properties, 'PartitionCount'),
    replicationFactor: wholeNumber(properties, 'ReplicationFactor'),
    configs: configsOf(properties),
    droppedConfigs: dropped,
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

function droppedConfigs(event: CloudFormationCustomResourceEvent): readonly string[] {
  if (event.RequestType !== 'Update') return [];
  const old = event.OldResourceProperties as Properties;
  if (physicalIdOf(old) !== physicalIdOf(event.ResourceProperties)) return [];
  const kept = configsOf(event.ResourceProperties);
  return Object.keys(configsOf(old)).filter((name) => !(name in kept));
}
