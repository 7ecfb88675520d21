import type { Evaluation } from '../resolve/evaluation.ts';
import type { Resource } from '../template/stack.ts';
import { type Identity, identify, type ResourceType } from './identity.ts';
import { resourceTypes } from './resource-types.ts';

/**
 * What CloudFormation would answer for a resource: `Ref`, or an attribute of `Fn::GetAtt`.
 *
 * @throws LocalError for a type or an attribute that lanewise does not know; only what is needed is ever asked.
 */
export function attributeOf(resource: Resource, attribute: string, at: Evaluation): string {
  const type = resourceTypes.get(resource.type);
  if (type === undefined) {
    return at.fail(`lanewise does not know what ${attribute} of ${resource.logicalId} (${resource.type}) is`);
  }
  const form = type.attributes[attribute];
  if (form === undefined) {
    const known = Object.keys(type.attributes).join(', ');
    return at.fail(
      `${resource.type} ${resource.logicalId} has no attribute ${attribute} (lanewise knows ${known})`,
    );
  }
  const identity = identityOf(resource, type, at);
  const target = { stack: at.stack, owner: resource.logicalId, path: attribute };
  return at.enter(target, (inner) => form(identity, inner));
}

function identityOf(resource: Resource, type: ResourceType, at: Evaluation): Identity {
  const target = { stack: at.stack, owner: resource.logicalId, path: 'Properties' };
  return at.enter(target, (inner) => identify(resource, type, inner));
}

/** The physical name, as a caller of the service uses it. */
export function physicalName(resource: Resource, at: Evaluation): string {
  const type = resourceTypes.get(resource.type);
  return type === undefined
    ? at.fail(`lanewise does not name resources of type ${resource.type}`)
    : identityOf(resource, type, at).name;
}
