import { Stack, Validations } from 'aws-cdk-lib';
import type { Policy } from 'aws-cdk-lib/aws-iam';

/**
 * Accepts the wildcard resources of a policy before cdk-nag's AwsSolutions rules. cdk-nag names a finding after the rendered resource,
 * so a wildcard below a resource of another stack has another name there and is left to the app.
 */
export function acknowledgeWildcards(policy: Policy, reason: string): void {
  const document = Stack.of(policy).resolve(policy.document.toJSON());
  const resources: readonly unknown[] = document.Statement.flatMap(
    (statement: { readonly Resource: unknown }) => statement.Resource,
  );
  const wild = resources.map(flatten).filter((resource) => resource.includes('*'));
  for (const resource of new Set(wild))
    Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

/** A reference as cdk-nag writes it: `<LogicalId.Arn>`. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  switch (name) {
    case 'Fn::Join':
      return argument[1].map(flatten).join(argument[0]);
    case 'Fn::GetAtt':
      return `<${argument.join('.')}>`;
    case 'Ref':
      return `<${argument}>`;
    default:
      return JSON.stringify(value);
  }
}
