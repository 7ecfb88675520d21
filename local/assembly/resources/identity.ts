import type { Evaluation } from '../resolve/evaluation.ts';
import { partitionOf, urlSuffixOf } from '../resolve/pseudo-parameters.ts';
import type { JsonObject } from '../template/json.ts';
import type { Resource } from '../template/stack.ts';
import { stableHexId, stableSuffix, stableUuid } from './stable-ids.ts';

/** Everything that ARNs, URLs and ids of a resource are made of. */
export interface Identity {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly urlSuffix: string;
  readonly uuid: string;
  readonly properties: JsonObject;
  /** `arn:<partition>:<service>:<region>:<account>:<resource>` */
  arn(service: string, resource: string): string;
  hexId(prefix: string): string;
}

export type Form = (identity: Identity, at: Evaluation) => string;

export interface ResourceType {
  /** The property that gives the physical name; CloudFormation makes one up when it is absent. */
  readonly nameProperty?: string;
  readonly maximumName?: number;
  /** Changes a made-up name: S3 wants lower case, a FIFO queue its ending. */
  readonly generatedName?: (name: string, properties: JsonObject) => string;
  /** `Ref` and the attributes of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, Form>>;
}

export function identify(resource: Resource, type: ResourceType, at: Evaluation): Identity {
  const { region, account } = at.stack;
  const partition = partitionOf(region);
  return {
    name: nameOf(resource, type, at),
    region,
    account,
    partition,
    urlSuffix: urlSuffixOf(region),
    uuid: stableUuid(at.stack.key, resource.logicalId),
    properties: resource.properties,
    arn: (service, name) => `arn:${partition}:${service}:${region}:${account}:${name}`,
    hexId: (prefix) => stableHexId(prefix, at.stack.key, resource.logicalId),
  };
}

function nameOf(resource: Resource, type: ResourceType, at: Evaluation): string {
  const given = type.nameProperty === undefined ? undefined : resource.properties[type.nameProperty];
  const named = given === undefined ? undefined : at.below(type.nameProperty ?? '').value(given);
  if (named !== undefined) return at.text(named);
  const suffix = stableSuffix(12, at.stack.key, resource.logicalId);
  const prefix = `${at.stack.name}-${resource.logicalId}`.replaceAll('/', '-');
  const name = `${prefix.slice(0, (type.maximumName ?? 255) - suffix.length - 1)}-${suffix}`;
  return type.generatedName?.(name, resource.properties) ?? name;
}
