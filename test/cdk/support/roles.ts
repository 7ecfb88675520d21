import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Somebody who asks for rights. */
export function aRole(scope: Construct): Role {
  return new Role(scope, 'Asker', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
}
