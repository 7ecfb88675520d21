/** What differs from one deployment to the next. No region and no account: those are of whoever deploys. */
export interface Settings {
  readonly cluster: ClusterSettings;
  readonly network: NetworkSettings | undefined;
  /** Sender of the shop's mails: an address whose owner confirms it once to SES. */
  readonly mailFrom: string;
  /** Who hears of alarms, by mail; `undefined` is nobody but the console. */
  readonly alarmEmail: string | undefined;
  /** Where the runbooks are: alarms link to them. */
  readonly runbooks: string;
  /** Namespace of the functions' own metrics. */
  readonly metricsNamespace: string;
  /** Whether data outlives its stack, and stacks refuse to be deleted. */
  readonly protectData: boolean;
}

/** The cluster: one that the platform stack makes, or one that is there. */
export type ClusterSettings =
  | {
      readonly kind: 'express' | 'standard';
      readonly name: string;
      readonly kafkaVersion: string;
      readonly instanceType: string;
      readonly brokersPerZone: number;
    }
  | { readonly kind: 'serverless'; readonly name: string }
  | { readonly kind: 'existing'; readonly arn: string };

/** The network of an existing cluster, for the function that makes topics there. */
export interface NetworkSettings {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** A group that the brokers let in. */
  readonly securityGroupId: string;
}

/** The smallest that MSK has of each kind, and what is deployed when the context says nothing. */
export const clusterDefaults = {
  kind: 'express',
  name: 'lanewise',
  kafkaVersion: '3.9.x',
  // 0.41 USD an hour for each of three brokers, about 900 USD a month.
  express: { instanceType: 'express.m7g.large', brokersPerZone: 1 },
  // 0.20 USD an hour for each of three brokers, about 450 USD a month, and 10 USD for each 100 GiB.
  standard: { instanceType: 'kafka.m7g.large', brokersPerZone: 1 },
} as const;

/** Everything but the cluster. */
export const defaults = {
  mailFrom: 'orders@example.com',
  runbooks: 'docs/runbooks',
  metricsNamespace: 'lanewise',
  protectData: true,
} as const;
