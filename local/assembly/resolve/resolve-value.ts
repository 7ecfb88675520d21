import { isObject } from '../template/json.ts';
import type { Resource } from '../template/stack.ts';
import { conditionHolds } from './conditions.ts';
import { importValue, stackOutput } from './cross-stack.ts';
import type { Evaluation } from './evaluation.ts';
import { cidr, length, toJsonString } from './list-functions.ts';
import { getAtt, ref } from './references.ts';
import { substitute } from './substitute.ts';
import { base64, findInMap, getAvailabilityZones, join, select, split } from './text-functions.ts';

type Intrinsic = (argument: unknown, at: Evaluation) => unknown;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::GetAtt', getAtt],
  ['Fn::Join', join],
  ['Fn::Sub', substitute],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::If', chooseByCondition],
  ['Fn::FindInMap', findInMap],
  ['Fn::Base64', base64],
  ['Fn::GetAZs', getAvailabilityZones],
  ['Fn::ImportValue', importValue],
  ['Fn::GetStackOutput', stackOutput],
  ['Fn::Cidr', cidr],
  ['Fn::Length', length],
  ['Fn::ToJsonString', toJsonString],
]);

/** Resolves a value of a template with every intrinsic function in it; `undefined` is `AWS::NoValue`. */
export function resolveValue(raw: unknown, at: Evaluation): unknown {
  if (Array.isArray(raw)) {
    return raw.map((item, index) => at.below(String(index)).value(item)).filter((item) => item !== undefined);
  }
  if (!isObject(raw)) return raw;
  const keys = Object.keys(raw);
  const name = keys.length === 1 ? (keys[0] ?? '') : '';
  const intrinsic = intrinsics.get(name);
  if (intrinsic !== undefined) return intrinsic(raw[name], at);
  if (name.startsWith('Fn::')) {
    at.fail(`lanewise does not resolve ${name} (only ${[...intrinsics.keys()].join(', ')})`);
  }
  const entries = Object.entries(raw).map(([key, item]) => [key, at.below(key).value(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function chooseByCondition(argument: unknown, at: Evaluation): unknown {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
    return at.fail('Fn::If needs a condition name and two values');
  }
  return at.value(conditionHolds(argument[0], at) ? argument[1] : argument[2]);
}

/** Whether a resource is created at all. */
export function exists(resource: Resource, at: Evaluation): boolean {
  return resource.condition === undefined || conditionHolds(resource.condition, at);
}
