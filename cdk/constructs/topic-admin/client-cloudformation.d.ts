/** The one call that is needed of a package which Lambda's runtime has and this project does not install. */
declare module '@aws-sdk/client-cloudformation' {
  export class CloudFormationClient {
    send(
      command: DescribeStacksCommand,
    ): Promise<{ readonly Stacks?: readonly { readonly StackStatus?: string }[] }>;
  }
  export class DescribeStacksCommand {
    constructor(input: { readonly StackName: string });
  }
}
