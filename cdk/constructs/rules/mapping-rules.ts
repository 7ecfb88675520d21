/** Every rule. `docs/mapping-rules.md` is generated from this table. */
import { clusterRules, selfManagedRules, topicRules } from './cluster-rules.ts';
import { error, type Rule, warning } from './rule.ts';

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
  'group-star': warning(
    'a "*" in the name of a group is a wildcard in the policy of the role',
    'use another character',
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
  'filter-pattern': error(
    'a filter is a JSON object of at most 4096 characters, in which every field has an array of what matches',
    'correct the pattern; FilterCriteria.filter() makes one',
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
  'function-shared': warning(
    'a function hears of one group, in KAFKA_CONSUMER_GROUP; of two consumers that share it one is told the wrong one',
    'give each consumer a function of its own',
  ),
  'own-or-given': error(
    'a consumer has either a parking queue or checkpoint table of its own, or one that is given',
    'pass one of them',
  ),
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
