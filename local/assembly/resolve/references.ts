import { attributeOf } from '../resources/attributes.ts';
import { isObject, type JsonObject, section } from '../template/json.ts';
import type { Resource } from '../template/stack.ts';
import { conditionHolds } from './conditions.ts';
import { outputOf } from './cross-stack.ts';
import type { Evaluation } from './evaluation.ts';
import { isPseudoParameter, pseudoParameter } from './pseudo-parameters.ts';

/** `Ref`: a pseudo parameter, a parameter's value, or what the resource's type answers to a `Ref`. */
export function ref(argument: unknown, at: Evaluation): unknown {
  if (typeof argument !== 'string') return at.fail('Ref needs a name');
  if (isPseudoParameter(argument)) return pseudoParameter(argument, at.stack);
  const parameter = at.stack.parameters[argument];
  if (isObject(parameter)) return parameterValue(argument, parameter, at);
  return attributeOf(resourceNamed(argument, at), 'Ref', at);
}

/** `Fn::GetAtt`, as a list or as `LogicalId.Attribute`. */
export function getAtt(argument: unknown, at: Evaluation): unknown {
  const [logicalId, attribute] = partsOf(argument, at);
  const resource = resourceNamed(logicalId, at);
  const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
  return output !== undefined && resource.type === 'AWS::CloudFormation::Stack'
    ? nestedOutput(resource, output, at)
    : attributeOf(resource, attribute, at);
}

function partsOf(argument: unknown, at: Evaluation): readonly [string, string] {
  const parts =
    typeof argument === 'string' ? /^([^.]+)\.(.+)$/.exec(argument)?.slice(1) : (argument as unknown);
  if (!Array.isArray(parts) || parts.length !== 2)
    return at.fail('Fn::GetAtt needs a logical id and an attribute');
  return [at.text(parts[0]), at.text(parts[1])];
}

function resourceNamed(logicalId: string, at: Evaluation): Resource {
  const resource = at.stack.resources.get(logicalId);
  if (resource === undefined) return at.fail(`there is no resource or parameter ${logicalId}`);
  if (resource.condition !== undefined && !conditionHolds(resource.condition, at)) {
    return at.fail(`${logicalId} does not exist: its condition ${resource.condition} is false`);
  }
  return resource;
}

function nestedOutput(resource: Resource, output: string, at: Evaluation): unknown {
  const nested = at.stacks.find(({ parent }) => parent?.resource === resource && parent.stack === at.stack);
  if (nested === undefined)
    return at.fail(`the template of nested stack ${resource.logicalId} is not in the assembly`);
  return outputOf(nested, output, at);
}

function parameterValue(name: string, parameter: JsonObject, at: Evaluation): unknown {
  const type = String(parameter.Type);
  const given = parentValue(name, at) ?? parameter.Default;
  if (given === undefined) return at.fail(`parameter ${name} has no default, and a local run gives none`);
  if (type.startsWith('AWS::SSM::')) {
    return at.fail(`parameter ${name} is read from the account's Systems Manager, which a local run has not`);
  }
  return /^(CommaDelimitedList|List<)/.test(type) && typeof given === 'string'
    ? given.split(',').map((item) => item.trim())
    : given;
}

/** What the parent gives to its nested stack, resolved in the parent. */
function parentValue(name: string, at: Evaluation): unknown {
  const { parent } = at.stack;
  if (parent === undefined) return undefined;
  const given = section(parent.resource.properties, 'Parameters')[name];
  if (given === undefined) return undefined;
  const target = {
    stack: parent.stack,
    owner: parent.resource.logicalId,
    path: `Properties.Parameters.${name}`,
  };
  return at.enter(target, (inner) => inner.value(given));
}
