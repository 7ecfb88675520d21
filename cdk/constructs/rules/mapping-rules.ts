/**
 * What AWS refuses at deploy, or accepts and then behaves badly on, and CDK lets pass: refused here, at synth. `docs/mapping-rules.md`
 * is generated from this table.
 */
export interface Rule {
  /** `error`: cannot work. `warning`: works and bites later; `Annotations.of(x).acknowledgeWarning(code)` accepts it. */
  readonly severity: 'error' | 'warning';
  /** What is allowed. */
  readonly text: string;
  /** What to do. */
  readonly fix: string;
}

const error = (text: string, fix: string): Rule => ({ severity: 'error', text, fix });
const warning = (text: string, fix: string): Rule => ({ severity: 'warning', text, fix });

const modeRules = {
  'provisioned-mode-required': error(
    'retries, record age, bisect, partial responses, metrics, log level, schema registry and a Kafka destination exist only in provisioned mode',
    'use Pollers.provisioned(), or turn these off',
  ),
  'on-demand-needs-endpoints': warning(
    'on-demand pollers reach Lambda and STS from the subnets of the cluster',
    'give the VPC a NAT gateway or endpoints for lambda and sts, or use Pollers.provisioned()',
  ),
  'partial-responses-off': warning(
    'without partial responses Lambda takes a returned list of failures for a success',
    'leave reportBatchItemFailures on, or make the handler throw when anything failed',
  ),
  'pollers-above-partitions': error(
    'a topic has at most one poller for each partition',
    'lower the pollers or give the topic more partitions',
  ),
  'poller-group-limits': error(
    'a poller group holds at most 100 mappings with 2000 pollers in sum of their maxima',
    'split the group or lower the maxima',
  ),
};

const queueRules = {
  'queue-mode': error(
    'queue mode is for self-managed clusters, and has no starting position, no batching window and no order',
    "leave them out, or use consumptionMode: 'stream'",
  ),
};

const lossRules = {
  'retries-block-for-ever': error(
    'without a limit on retries, a record age or a destination, one bad record blocks its partition for ever',
    'set retryAttempts, maxRecordAge or onFailure',
  ),
  'retries-capped-at-10': warning(
    'with a destination Lambda ends infinite retries after 10',
    'set retryAttempts to the number you mean',
  ),
  'discards-without-destination': warning(
    'what the mapping gives up on is gone when there is no destination',
    'set onFailure',
  ),
  'bisect-with-partial-responses': warning(
    'bisect splits a batch only when the whole function fails; how AWS combines it with partial responses is not documented',
    'leave bisectBatchOnError off and let the handler report what failed',
  ),
  'latest-can-miss-records': warning(
    'with LATEST, records written while the mapping is created or changed can be missed',
    'use StartingPosition.TRIM_HORIZON or AT_TIMESTAMP',
  ),
  'timestamp-in-future': error(
    'startingPositionTimestamp is a time in the past, in seconds since 1970',
    'give seconds, not milliseconds',
  ),
};

const destinationRules = {
  'destination-is-source': error(
    'the destination topic differs from the topic that is read',
    'name another topic',
  ),
  'destination-on-other-cluster': error(
    'the destination topic is on the cluster that is read',
    'create the topic there, or use a queue, an SNS topic or a bucket',
  ),
  'destination-topic-unknown': warning(
    'the destination topic is not created by this app, and neither does Lambda create it',
    'create it as a KafkaTopic, or acknowledge that it exists',
  ),
  'destination-fifo': error(
    'destinations are standard queues and standard SNS topics',
    'use one that is not FIFO',
  ),
};

const nameRules = {
  'literal-required': error(
    'names of topics and groups are literals, because they are checked, and the kafka:// prefix is lost on tokens',
    'pass a string that is known at synth',
  ),
  'topic-name': error(
    'a topic name is 2 to 249 letters, digits, ".", "_" and "-", not starting with "."',
    'rename the topic',
  ),
  'group-empty': error(
    'a consumer group has a name of 1 to 200 characters',
    'name it, or leave it out for the default',
  ),
  'group-colon': warning(
    'MSK emits no lag metrics for a group with ":" in its name',
    'use "." or "-" instead',
  ),
  'group-shared': error(
    'each consumer has a group of its own; two in one group share the partitions, and each sees a part of the records',
    'name another group',
  ),
};

const batchRules = {
  'batch-size': error(
    'batchSize is a whole number from 1 to 10000; CDK drops 0 and Lambda then takes 100',
    'set the number you mean',
  ),
  'filters-too-many': error(
    'a mapping has at most 5 filters, or as many as your raised quota allows, up to 10',
    'merge patterns, or set filterQuota when AWS raised yours',
  ),
  'filter-key': error('a Kafka filter looks at value and nothing else', 'put the pattern under value'),
  'metrics-empty': error('metrics names at least one group', 'leave it out for all groups'),
};

const functionRules = {
  'function-timeout': error(
    'a function of a Kafka mapping ends within 840 seconds',
    'lower the timeout, and the batch size with it',
  ),
  'function-role-immutable': error(
    'the rights to poll are added to the role of the function, and this role takes none',
    'import it with mutable: true, or let the construct make the function',
  ),
  'function-or-entry': error('a consumer has either a function or an entry', 'pass one of them'),
  'concurrency-below-pollers': warning(
    'reserved concurrency below the pollers throttles batches that are ready',
    'reserve at least the maximum of the pollers',
  ),
};

const monitoringRules = {
  'alarms-need-metrics': error(
    'alarms read the metrics of all three groups: EventCount, ErrorCount and KafkaMetrics',
    'leave metrics out of the consumer, and keep it in provisioned mode',
  ),
};

const clusterRules = {
  'express-storage': error('Express brokers manage their storage themselves', 'leave storage out'),
  'brokers-subnets': error(
    'Express brokers span three zones, Standard brokers two or three, a Serverless cluster at least two',
    'give a VPC with a subnet in each of three zones; a stack without a region sees two unless availabilityZones are given',
  ),
  'kafka-version': error(
    'Express runs Kafka 3.6, 3.8, 3.9 and 4.2; Standard 3.6 and later; Serverless chooses for itself',
    'use one of these',
  ),
  'instance-type': error(
    'Express has express.* instance types, Standard kafka.*, Serverless none',
    'use a type of the kind, e.g. express.m7g.large or kafka.m7g.large',
  ),
  'express-region': error(
    'Express brokers need a region with three zones for MSK',
    "use kind: 'standard' there",
  ),
  'serverless-authentication': error(
    'a Serverless cluster signs clients in by IAM only',
    'use KafkaAuthentication.iam()',
  ),
  'serverless-setting': error('a Serverless cluster has no such setting', 'leave it out or use another kind'),
  'scram-secret-name': error(
    'MSK takes only SCRAM secrets whose name begins with AmazonMSK_',
    'rename the secret',
  ),
  'mtls-authority': error(
    'mutual TLS needs at least one certificate authority',
    'name an AWS Private CA by its ARN',
  ),
};

const topicRules = {
  'topic-partitions': error('a topic has a whole number of partitions, at least 1', 'correct the number'),
  'replication-factor': error(
    'the replication factor is at least 1, at most the number of brokers, and always 3 on Express and Serverless',
    'correct it or leave it out',
  ),
  'topic-resource-on-serverless': error(
    'AWS::MSK::Topic works on provisioned clusters only',
    "leave managedBy out, or set it to 'custom-resource'",
  ),
  'topic-needs-network': error(
    'topics here are made by a function beside the brokers, which needs the VPC and a security group',
    'pass vpc and securityGroup to fromClusterAttributes',
  ),
  'topic-needs-iam': error(
    'topics here are made by a function that signs in by IAM',
    'turn on IAM authentication',
  ),
  'topic-config': error(
    'a topic config is a name and a string, and is set by a prop of its own or in configs',
    'set it once',
  ),
  'grant-needs-iam': error(
    'grants are IAM policies and this cluster has no IAM authentication',
    'use Kafka ACLs',
  ),
};

const selfManagedRules = {
  'self-managed-access': error(
    'a self-managed cluster is reached with credentials, or through a VPC',
    'set authentication, or vpc with a security group',
  ),
};

export const mappingRules = {
  ...modeRules,
  ...queueRules,
  ...lossRules,
  ...destinationRules,
  ...nameRules,
  ...batchRules,
  ...functionRules,
  ...monitoringRules,
  ...clusterRules,
  ...topicRules,
  ...selfManagedRules,
} as const satisfies Readonly<Record<string, Rule>>;

/** Names a rule; with `lanewise:` in front it is the rule's code. */
export type RuleName = keyof typeof mappingRules;

/** What a message and an acknowledgement call it: `lanewise:group-shared`. */
export function ruleCode(name: RuleName): string {
  return `lanewise:${name}`;
}
