import type { Node } from 'constructs';
import {
  type ClusterSettings,
  clusterDefaults,
  defaults,
  type NetworkSettings,
  type Settings,
} from './settings.ts';

/** A context value that no deployment can be made of. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingsError';
  }
}

/** What can be given as `-c name=value`, with what it takes. */
export const contextKeys = {
  cluster: "kind of the cluster: 'express', 'standard', 'serverless' or 'existing'",
  clusterName: 'name of the cluster',
  clusterArn: 'ARN of an existing cluster',
  vpcId: "an existing cluster's VPC",
  subnetIds: "an existing cluster's subnets, one in each zone, with commas between",
  securityGroupId: 'a security group that an existing cluster lets in',
  kafkaVersion: 'Kafka version of the brokers',
  instanceType: 'instance type of the brokers',
  brokersPerZone: 'number of brokers in each zone',
  mailFrom: "sender of the shop's mails",
  alarmEmail: 'who hears of alarms',
  runbooks: 'where alarms link to, a URL or a folder',
  protectData: "'true' or 'false': whether data outlives its stack",
} as const;

export type ContextKey = keyof typeof contextKeys;

type Read = (key: ContextKey) => string | undefined;

/** Reads the settings from the context of an app. What is not given has its default. */
export function settingsFromContext(node: Node): Settings {
  refuseUnknown(node);
  const read: Read = (key) => readText(node, key);
  return {
    cluster: clusterOf(read),
    network: networkOf(read),
    mailFrom: read('mailFrom') ?? defaults.mailFrom,
    alarmEmail: read('alarmEmail'),
    runbooks: read('runbooks') ?? defaults.runbooks,
    metricsNamespace: defaults.metricsNamespace,
    protectData: flag('protectData', read('protectData')) ?? defaults.protectData,
  };
}

/** Context of CDK's own has a `:`, a `/` or a `-` in its name; what else is there is meant for us. */
function refuseUnknown(node: Node): void {
  const known = Object.keys(contextKeys);
  const given = Object.keys(node.getAllContext()).filter((key) => /^[a-zA-Z]\w*$/.test(key));
  const unknown = given.find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new SettingsError(
      `context ${unknown} is not one of ${known.join(', ')}${suggestion(unknown, known)}`,
    );
}

/** The one that begins most alike, if any does. */
function suggestion(text: string, known: readonly string[]): string {
  const alike = (name: string) => {
    let at = 0;
    while (at < name.length && name[at]?.toLowerCase() === text[at]?.toLowerCase()) at += 1;
    return at;
  };
  const [best] = known.toSorted((left, right) => alike(right) - alike(left));
  return best !== undefined && alike(best) > 1 ? `, did you mean ${best}?` : '';
}

function readText(node: Node, key: ContextKey): string | undefined {
  const value: unknown = node.tryGetContext(key);
  if (value === undefined || value === null) return undefined;
  const text = String(value).trim();
  if (text === '')
    throw new SettingsError(`context ${key} is empty: give ${contextKeys[key]}, or leave it out`);
  return text;
}

function clusterOf(read: Read): ClusterSettings {
  const kind = oneOf('cluster', read('cluster') ?? clusterDefaults.kind, [
    'express',
    'standard',
    'serverless',
    'existing',
  ]);
  if (kind === 'existing') return { kind, arn: clusterArn(read('clusterArn')) };
  refuseOthers(read, kind);
  const name = read('clusterName') ?? clusterDefaults.name;
  if (kind === 'serverless') return { kind, name };
  return {
    kind,
    name,
    kafkaVersion: read('kafkaVersion') ?? clusterDefaults.kafkaVersion,
    instanceType: read('instanceType') ?? clusterDefaults[kind].instanceType,
    brokersPerZone: count('brokersPerZone', read('brokersPerZone')) ?? clusterDefaults[kind].brokersPerZone,
  };
}

/** Settings of one kind say nothing to another: refused rather than dropped. */
function refuseOthers(read: Read, kind: string): void {
  const provisioned: readonly ContextKey[] = ['kafkaVersion', 'instanceType', 'brokersPerZone'];
  const existing: readonly ContextKey[] = ['clusterArn', 'vpcId', 'subnetIds', 'securityGroupId'];
  const foreign = [...existing, ...(kind === 'serverless' ? provisioned : [])];
  const given = foreign.find((key) => read(key) !== undefined);
  if (given)
    throw new SettingsError(
      `context ${given} does not go with cluster=${kind}: leave it out or choose another kind`,
    );
}

function networkOf(read: Read): NetworkSettings | undefined {
  const [vpcId, subnetIds, securityGroupId] = [read('vpcId'), read('subnetIds'), read('securityGroupId')];
  if (vpcId === undefined && subnetIds === undefined && securityGroupId === undefined) return undefined;
  if (vpcId === undefined || subnetIds === undefined || securityGroupId === undefined)
    throw new SettingsError(
      'context vpcId, subnetIds and securityGroupId go together: give all three or none',
    );
  return { vpcId, subnetIds: subnetList(subnetIds), securityGroupId };
}

function subnetList(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.length <= 3 && ids.every((id) => /^subnet-\w+$/.test(id))) return ids;
  throw new SettingsError(
    `context subnetIds is 1 to 3 subnets like subnet-0a1b2c3d with commas between, got '${text}'`,
  );
}

function clusterArn(arn: string | undefined): string {
  if (arn && /^arn:[^:]+:kafka:[^:]+:\d{12}:cluster\/[^/]+\/[^/]+$/.test(arn)) return arn;
  const got = arn === undefined ? 'nothing' : `'${arn}'`;
  throw new SettingsError(
    `cluster=existing needs clusterArn, an ARN like arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID, got ${got}`,
  );
}

function oneOf<const T extends string>(key: ContextKey, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found) return found;
  throw new SettingsError(
    `context ${key} is one of ${allowed.join(', ')}, got '${text}'${suggestion(text, allowed)}`,
  );
}

function flag(key: ContextKey, text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : oneOf(key, text, ['true', 'false']) === 'true';
}

function count(key: ContextKey, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 10) return value;
  throw new SettingsError(`context ${key} is a whole number from 1 to 10, got '${text}'`);
}
