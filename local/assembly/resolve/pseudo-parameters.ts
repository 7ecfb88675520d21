import { stableUuid } from '../resources/stable-ids.ts';
import type { Stack } from '../template/stack.ts';

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function urlSuffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

export function stackArn({ name, region, account }: Stack): string {
  const id = stableUuid('stack', name);
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${id}`;
}

const pseudoParameters: ReadonlyMap<string, (stack: Stack) => unknown> = new Map<
  string,
  (stack: Stack) => unknown
>([
  ['AWS::AccountId', (stack) => stack.account],
  ['AWS::NotificationARNs', () => []],
  ['AWS::NoValue', () => undefined],
  ['AWS::Partition', (stack) => partitionOf(stack.region)],
  ['AWS::Region', (stack) => stack.region],
  ['AWS::StackId', stackArn],
  ['AWS::StackName', (stack) => stack.name],
  ['AWS::URLSuffix', (stack) => urlSuffixOf(stack.region)],
]);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export function isPseudoParameter(name: string): boolean {
  return pseudoParameters.has(name);
}

export function pseudoParameter(name: string, stack: Stack): unknown {
  return pseudoParameters.get(name)?.(stack);
}
