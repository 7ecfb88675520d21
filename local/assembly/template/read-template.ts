import { LocalError } from '../../local-error.ts';
import { isObject, type JsonObject, section } from './json.ts';
import type { Resource, Stack } from './stack.ts';

/** A stack that is read from bigger templates than CloudFormation takes (500 resources) is no template. */
const maximumResources = 5_000;

export type StackIdentity = Omit<
  Stack,
  'resources' | 'parameters' | 'mappings' | 'conditions' | 'outputs'
> & {
  /** `aws:cdk:path` of the stack itself. */
  readonly constructPath: string;
};

/** The sections of a template, with each resource's place in the construct tree. */
export function readTemplate(template: JsonObject, identity: StackIdentity): Stack {
  const { constructPath, ...rest } = identity;
  const entries = Object.entries(section(template, 'Resources'));
  if (entries.length > maximumResources) {
    throw new LocalError(
      `stack ${identity.name} has ${entries.length} resources, more than ${maximumResources}`,
    );
  }
  const resources = entries.map(([logicalId, raw]) =>
    readResource(logicalId, raw, { constructPath, ...rest }),
  );
  return {
    ...rest,
    resources: new Map(resources.map((resource) => [resource.logicalId, resource])),
    parameters: section(template, 'Parameters'),
    mappings: section(template, 'Mappings'),
    conditions: section(template, 'Conditions'),
    outputs: section(template, 'Outputs'),
  };
}

function readResource(logicalId: string, raw: unknown, stack: StackIdentity): Resource {
  if (!isObject(raw) || typeof raw.Type !== 'string') {
    throw new LocalError(`resource ${logicalId} of stack ${stack.name} has no Type`);
  }
  const metadata = section(raw, 'Metadata');
  return {
    logicalId,
    type: raw.Type,
    properties: section(raw, 'Properties'),
    condition: typeof raw.Condition === 'string' ? raw.Condition : undefined,
    constructPath: pathBelow(stack.constructPath, metadata['aws:cdk:path']),
    assetPath: typeof metadata['aws:asset:path'] === 'string' ? metadata['aws:asset:path'] : undefined,
  };
}

function pathBelow(stackPath: string, path: unknown): readonly string[] {
  if (typeof path !== 'string') return [];
  const below = path.startsWith(`${stackPath}/`) ? path.slice(stackPath.length + 1) : path;
  return below.split('/');
}
