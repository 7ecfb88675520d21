/** The IAM statements of a template, flattened so that they can be compared with plain text. */
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export interface AllowStatement {
  readonly policy: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

interface RawStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** Every statement of every policy that allows something to a role. */
export function statementsOf(stack: Stack): readonly AllowStatement[] {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  return Object.entries(policies).flatMap(([policy, { Properties }]) =>
    (Properties.PolicyDocument.Statement as readonly RawStatement[])
      .filter(({ Effect }) => Effect === 'Allow')
      .map(({ Action, Resource }) => ({
        policy,
        actions: [Action].flat(),
        resources: (Array.isArray(Resource) ? Resource : [Resource]).map(flatten),
      })),
  );
}

/** `{ Ref: Cluster }` is `<Cluster>`; the two halves of a split ARN meet again. */
export function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value as object);
  switch (name) {
    case 'Ref':
      return `<${argument}>`;
    case 'Fn::GetAtt':
      return `<${argument.join('.')}>`;
    case 'Fn::ImportValue':
      return `<${String(argument).split(':')[1]}>`;
    case 'Fn::Join':
      return argument[1].map(flatten).join(argument[0]);
    case 'Fn::Select':
      return `${flatten(argument[1])}#${argument[0]}`;
    case 'Fn::Split':
      return flatten(argument[1]);
    default:
      return JSON.stringify(value);
  }
}
