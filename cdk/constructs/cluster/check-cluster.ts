import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { enforceIf, isOutside } from '../rules/enforce-rule.ts';
import { type ClusterAuthentication, KafkaAuthentication } from './cluster-authentication.ts';
import type { BrokerStorage, KafkaClusterProps } from './cluster-props.ts';

/** MSK takes exactly two subnets here, and Express wants three. */
const regionsOfTwoZones = new Set(['us-west-1']);

const clusterName = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,63}$/;

const clusterArn = /^arn:[^:]+:kafka:[^:]+:[^:]+:cluster\/[^/]+\/[^/]+$/;

const expressVersion = /^(3\.6|3\.8|3\.9|4\.2)(\.|$)/;

/** Settings that a Serverless cluster does not have. */
const provisionedOnly = [
  'kafkaVersion',
  'instanceType',
  'brokersPerZone',
  'storage',
  'encryptionKey',
  'serverProperties',
  'monitoring',
  'brokerLogs',
] as const satisfies readonly (keyof KafkaClusterProps)[];

/** How many subnets a cluster of each kind is spread over. */
const subnetsOf = {
  express: [3, 3],
  standard: [2, 3],
  serverless: [2, 100],
} as const;

/** Refuses what the kind of cluster cannot have. `zones` is the number of subnets found. */
export function checkCluster(scope: Construct, props: KafkaClusterProps, zones: number): void {
  const kind = props.kind ?? 'express';
  checkAuthentication(scope, props.authentication ?? [KafkaAuthentication.iam()], kind);
  checkName(scope, props.clusterName);
  const [least, most] = subnetsOf[kind];
  enforceIf(zones < least || zones > most, scope, 'brokers-subnets', `${zones} subnets for ${kind}`);
  const { brokersPerZone = 1 } = props;
  enforceIf(isOutside(brokersPerZone, 1, 100), scope, 'brokers-per-zone', String(brokersPerZone));
  switch (kind) {
    case 'express':
      checkExpress(scope, props);
      return;
    case 'standard':
      checkStandard(scope, props);
      return;
    case 'serverless':
      checkServerless(scope, props);
      return;
  }
}

function checkExpress(scope: Construct, props: KafkaClusterProps): void {
  const { kafkaVersion: version = '3.9.x', instanceType: type = 'express.m7g.large' } = props;
  enforceIf(
    props.storage !== undefined,
    scope,
    'express-storage',
    `storage of ${props.storage?.volumeSize} GiB`,
  );
  enforceIf(
    isLiteral(version) && !expressVersion.test(version),
    scope,
    'kafka-version',
    `'${version}' for express`,
  );
  enforceIf(isLiteral(type) && !type.startsWith('express.'), scope, 'instance-type', `'${type}' for express`);
  const { region } = Stack.of(scope);
  enforceIf(regionsOfTwoZones.has(region), scope, 'express-region', region);
}

function checkStandard(scope: Construct, props: KafkaClusterProps): void {
  const { kafkaVersion: version = '3.9.x', instanceType: type = 'kafka.m7g.large' } = props;
  enforceIf(isLiteral(version) && !isFrom36(version), scope, 'kafka-version', `'${version}' for standard`);
  enforceIf(isLiteral(type) && !type.startsWith('kafka.'), scope, 'instance-type', `'${type}' for standard`);
  checkThroughput(scope, type, props.storage);
}

/** Sizes below those that have throughput of their own. */
const smallBroker = /^kafka\.(t3\.|m5\.(large|xlarge|2xlarge)$|m7g\.(large|xlarge)$)/;

function checkThroughput(scope: Construct, type: string, storage: BrokerStorage | undefined): void {
  if (storage?.throughput === undefined) return;
  const { throughput, volumeSize } = storage;
  const wrong = throughput < 250 || volumeSize < 10 || (isLiteral(type) && smallBroker.test(type));
  enforceIf(wrong, scope, 'storage-throughput', `${throughput} MiB/s on ${volumeSize} GiB of ${type}`);
}

function checkName(scope: Construct, name: string): void {
  enforceIf(isLiteral(name) && !clusterName.test(name), scope, 'cluster-name', `'${name}'`);
}

export function checkClusterArn(scope: Construct, arn: string): void {
  enforceIf(isLiteral(arn) && !clusterArn.test(arn), scope, 'cluster-arn', `'${arn}'`);
}

function checkServerless(scope: Construct, props: KafkaClusterProps): void {
  for (const name of provisionedOnly) enforceIf(props[name] !== undefined, scope, 'serverless-setting', name);
}

function checkAuthentication(scope: Construct, all: readonly ClusterAuthentication[], kind: string): void {
  for (const way of all) {
    const foreign = kind === 'serverless' && way.kind !== 'iam';
    enforceIf(foreign, scope, 'serverless-authentication', way.kind);
    if (way.kind === 'scram') checkSecretName(scope, way.secret.secretName);
    if (way.kind === 'mtls')
      enforceIf(way.certificateAuthorityArns.length === 0, scope, 'mtls-authority', 'none');
  }
}

function checkSecretName(scope: Construct, name: string): void {
  enforceIf(isLiteral(name) && !name.startsWith('AmazonMSK_'), scope, 'scram-secret-name', `'${name}'`);
}

function isFrom36(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)(\.|$)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 6);
}

function isLiteral(value: string): boolean {
  return !Token.isUnresolved(value);
}
