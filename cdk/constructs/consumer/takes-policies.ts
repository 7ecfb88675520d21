import { type IRole, Policy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Whether a role takes inline policies. An immutable one swallows them without a word, so it is tried. */
export function takesPolicies(scope: Construct, role: IRole): boolean {
  const trial = new TrialPolicy(scope, 'RoleTrial');
  role.attachInlinePolicy(trial);
  scope.node.tryRemoveChild('RoleTrial');
  return trial.taken;
}

/** Never part of a template: a role that takes policies attaches itself back. */
class TrialPolicy extends Policy {
  taken = false;

  override attachToRole(_role: IRole): void {
    this.taken = true;
  }
}
