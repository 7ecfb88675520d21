/** The context of the reference system on a cluster that exists. */
export const existingContext = {
  cluster: 'existing',
  clusterArn: 'arn:aws:kafka:eu-central-1:111122223333:cluster/shop/0f1e2d3c-aaaa-bbbb-cccc-111122223333-4',
  vpcId: 'vpc-0a1b2c3d',
  subnetIds: 'subnet-0a1b2c31,subnet-0a1b2c32,subnet-0a1b2c33',
  securityGroupId: 'sg-0a1b2c3d',
} as const;
