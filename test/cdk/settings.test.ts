import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { contextKeys, SettingsError, settingsFromContext } from '../../cdk/settings-from-context.ts';
import { existingContext } from './support/existing-context.ts';

function settingsOf(context: Readonly<Record<string, unknown>> = {}) {
  return settingsFromContext(new App({ context }).node);
}

describe('settings', () => {
  test('are an Express cluster with protected data when the context says nothing', () => {
    expect(settingsOf()).toEqual({
      cluster: {
        kind: 'express',
        name: 'lanewise',
        kafkaVersion: '3.9.x',
        instanceType: 'express.m7g.large',
        brokersPerZone: 1,
      },
      network: undefined,
      mailFrom: 'orders@example.com',
      alarmEmail: undefined,
      runbooks: 'docs/runbooks',
      metricsNamespace: 'lanewise',
      protectData: true,
    });
  });

  test('size a cluster of the kind asked for', () => {
    expect(settingsOf({ cluster: 'standard', brokersPerZone: '2', kafkaVersion: '3.8.x' }).cluster).toEqual({
      kind: 'standard',
      name: 'lanewise',
      kafkaVersion: '3.8.x',
      instanceType: 'kafka.m7g.large',
      brokersPerZone: 2,
    });
    expect(settingsOf({ cluster: 'serverless', clusterName: 'shop' }).cluster).toEqual({
      kind: 'serverless',
      name: 'shop',
    });
  });

  test('find a cluster that exists, and its network', () => {
    const { cluster, network } = settingsOf(existingContext);
    expect(cluster).toEqual({ kind: 'existing', arn: existingContext.clusterArn });
    expect(network?.subnetIds).toEqual(['subnet-0a1b2c31', 'subnet-0a1b2c32', 'subnet-0a1b2c33']);
  });

  test("leave alone what is CDK's own", () => {
    const own = {
      '@aws-cdk/core:checkSecretUsage': true,
      'aws:cdk:bundling-stacks': [],
      'availability-zones:account=111122223333:region=eu-central-1': ['eu-central-1a'],
      'cli-telemetry': false,
    };
    expect(settingsOf(own)).toEqual(settingsOf());
  });

  test('let data go only when told so', () => {
    expect(settingsOf({ protectData: 'false' }).protectData).toBe(false);
  });
});

describe('a context value that no deployment can be made of', () => {
  test.each<[Readonly<Record<string, unknown>>, string]>([
    [{ cluster: 'kraft' }, "context cluster is one of express, standard, serverless, existing, got 'kraft'"],
    [
      { cluster: 'Serverles' },
      "context cluster is one of express, standard, serverless, existing, got 'Serverles', did you mean serverless?",
    ],
    [
      { brokerPerZone: '2' },
      `context brokerPerZone is not one of ${Object.keys(contextKeys).join(', ')}, did you mean brokersPerZone?`,
    ],
    [{ stage: 'prod' }, `context stage is not one of ${Object.keys(contextKeys).join(', ')}`],
    [{ cluster: '' }, `context cluster is empty: give ${contextKeys.cluster}, or leave it out`],
    [{ protectData: 'maybe' }, "context protectData is one of true, false, got 'maybe'"],
    [{ brokersPerZone: '1.5' }, "context brokersPerZone is a whole number from 1 to 10, got '1.5'"],
    [
      { cluster: 'existing' },
      'cluster=existing needs clusterArn, an ARN like arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID, got nothing',
    ],
    [
      { cluster: 'existing', clusterArn: 'shop' },
      "cluster=existing needs clusterArn, an ARN like arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID, got 'shop'",
    ],
    [
      { ...existingContext, subnetIds: undefined },
      'context vpcId, subnetIds and securityGroupId go together: give all three or none',
    ],
    ...['subnet-0a1b2c31,,subnet-0a1b2c32', 'sn-1', 'subnet-1,subnet-2,subnet-3,subnet-4'].map(
      (subnetIds) =>
        [
          { ...existingContext, subnetIds },
          `context subnetIds is 1 to 3 subnets like subnet-0a1b2c3d with commas between, got '${subnetIds}'`,
        ] satisfies [unknown, string],
    ),
    [
      { cluster: 'serverless', instanceType: 'express.m7g.large' },
      'context instanceType does not go with cluster=serverless: leave it out or choose another kind',
    ],
    [
      { clusterArn: existingContext.clusterArn },
      'context clusterArn does not go with cluster=express: leave it out or choose another kind',
    ],
  ])('is refused with one sentence: %j', (context, message) => {
    expect(() => settingsOf(context)).toThrow(new SettingsError(message));
  });
});
