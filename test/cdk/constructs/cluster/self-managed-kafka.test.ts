import type { Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import {
  KafkaTopic,
  SelfManagedAuthentication,
  SelfManagedKafka,
  type SelfManagedKafkaProps,
} from '../../../../cdk/index.ts';
import { aConsumer, aSecret, aSelfManagedCluster, aVpc } from '../../support/kafka-fixtures.ts';
import { statementsOf } from '../../support/statements.ts';
import { aStack, resourceOf } from '../../support/synth-app.ts';

/** A consumer of a self-managed cluster with these props; what its mapping says. */
function mappingOf(stack: Stack, props: Partial<SelfManagedKafkaProps>) {
  const cluster = new SelfManagedKafka(stack, 'Kafka', {
    bootstrapServers: ['broker-1.example.com:9092', 'broker-2.example.com:9092'],
    ...props,
  });
  const topic = KafkaTopic.fromTopicName(stack, 'Topic', { cluster, topicName: 'order-events' });
  aConsumer(stack, { topic });
  return resourceOf(stack, 'AWS::Lambda::EventSourceMapping').Properties;
}

describe('a self-managed cluster', () => {
  test('is named by its brokers', () => {
    const stack = aStack();
    const secret = aSecret(stack, 'Login');
    expect(mappingOf(stack, { authentication: SelfManagedAuthentication.plain(secret) })).toMatchObject({
      SelfManagedEventSource: {
        Endpoints: { KafkaBootstrapServers: ['broker-1.example.com:9092', 'broker-2.example.com:9092'] },
      },
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing' },
    });
  });

  test.each([
    ['plain', 'BASIC_AUTH'],
    ['scram256', 'SASL_SCRAM_256_AUTH'],
    ['scram512', 'SASL_SCRAM_512_AUTH'],
    ['mtls', 'CLIENT_CERTIFICATE_TLS_AUTH'],
  ] as const)('takes %s from a secret, which the role may read', (way, type) => {
    const stack = aStack();
    const authentication = SelfManagedAuthentication[way](aSecret(stack, 'Login'));
    const { SourceAccessConfigurations } = mappingOf(stack, { authentication });
    expect(SourceAccessConfigurations).toEqual([{ Type: type, URI: { Ref: expect.any(String) } }]);
    expect(statementsOf(stack).map(({ actions }) => actions.join())).toContain(
      'secretsmanager:GetSecretValue',
    );
  });

  test('takes OAUTHBEARER with what the provider wants to know', () => {
    const stack = aStack();
    const authentication = SelfManagedAuthentication.oauth({
      secret: aSecret(stack, 'Client'),
      scope: 'kafka',
      audience: 'https://kafka.example.com',
      logicalCluster: 'lkc-1',
      identityPool: 'pool-1',
    });
    expect(mappingOf(stack, { authentication }).SourceAccessConfigurations).toEqual([
      { Type: 'OAUTHBEARER_AUTH', URI: { Ref: expect.any(String) } },
      { Type: 'OAUTHBEARER_SCOPE', URI: 'kafka' },
      { Type: 'OAUTHBEARER_AUDIENCE', URI: 'https://kafka.example.com' },
      { Type: 'OAUTHBEARER_LOGICAL_CLUSTER', URI: 'lkc-1' },
      { Type: 'OAUTHBEARER_IDENTITY_POOL', URI: 'pool-1' },
    ]);
  });

  test.each([
    [SelfManagedAuthentication.iam(), [{ Type: 'IAM_AUTH' }]],
    [
      SelfManagedAuthentication.iamOauth('https://kafka.example.com'),
      [{ Type: 'IAM_OAUTHBEARER_AUTH' }, { Type: 'OAUTHBEARER_AUDIENCE', URI: 'https://kafka.example.com' }],
    ],
  ])('signs in as the role, without a secret (%#)', (authentication, expected) => {
    expect(mappingOf(aStack(), { authentication }).SourceAccessConfigurations).toEqual(expected);
  });

  test('in a VPC is reached from its subnets, and trusts a private authority', () => {
    const stack = aStack();
    const vpc = aVpc(stack);
    const { SourceAccessConfigurations } = mappingOf(stack, {
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroup: new SecurityGroup(stack, 'Pollers', { vpc }),
      rootCertificate: aSecret(stack, 'Authority'),
    });
    const types = SourceAccessConfigurations.map(({ Type }: { readonly Type: string }) => Type);
    expect(types).toEqual([
      'SERVER_ROOT_CA_CERTIFICATE',
      'VPC_SUBNET',
      'VPC_SUBNET',
      'VPC_SUBNET',
      'VPC_SECURITY_GROUP',
    ]);
    expect(SourceAccessConfigurations[1].URI).toEqual({ 'Fn::Join': ['', ['subnet:', expect.anything()]] });
    expect(statementsOf(stack).some(({ actions }) => actions.includes('ec2:CreateNetworkInterface'))).toBe(
      true,
    );
  });

  test('on the Internet needs no network interfaces', () => {
    const stack = aStack();
    mappingOf(stack, { authentication: SelfManagedAuthentication.plain(aSecret(stack, 'Login')) });
    expect(JSON.stringify(statementsOf(stack))).not.toContain('ec2:');
  });

  test('of Kafka 4.2 is read as a queue, without what only a stream has', () => {
    const stack = aStack();
    const topic = KafkaTopic.fromTopicName(stack, 'Topic', {
      cluster: aSelfManagedCluster(stack),
      topicName: 'order-events',
    });
    aConsumer(stack, { topic, consumptionMode: 'queue' });
    const mapping = resourceOf(stack, 'AWS::Lambda::EventSourceMapping').Properties;
    expect(mapping.SelfManagedKafkaEventSourceConfig).toEqual({
      ConsumerGroupId: 'billing',
      ConsumptionMode: 'Queue',
    });
    expect(mapping).not.toHaveProperty('StartingPosition');
    expect(mapping).not.toHaveProperty('MaximumBatchingWindowInSeconds');
  });
});
