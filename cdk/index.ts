/** The constructs, for your own CDK app. */
export {
  type AuthenticationKind,
  type ClusterAuthentication,
  type IamAuthentication,
  KafkaAuthentication,
  type MtlsAuthentication,
  type ScramAuthentication,
} from './constructs/cluster/cluster-authentication.ts';
export type {
  BrokerLogs,
  BrokerStorage,
  KafkaClusterProps,
  MonitoringLevel,
} from './constructs/cluster/cluster-props.ts';
export type { ExistingClusterAttributes } from './constructs/cluster/existing-cluster.ts';
export { KafkaCluster } from './constructs/cluster/kafka-cluster.ts';
export type {
  ClusterKind,
  ClusterNetwork,
  IKafkaCluster,
  KafkaSource,
} from './constructs/cluster/kafka-source.ts';
export {
  KafkaVpcConnection,
  type KafkaVpcConnectionProps,
} from './constructs/cluster/kafka-vpc-connection.ts';
export {
  type OauthAuthentication,
  SelfManagedAuthentication,
} from './constructs/cluster/self-managed-authentication.ts';
export { SelfManagedKafka, type SelfManagedKafkaProps } from './constructs/cluster/self-managed-kafka.ts';
export type {
  BatchProps,
  ConsumerFunctionProps,
  FailureProps,
  KafkaConsumerProps,
} from './constructs/consumer/consumer-props.ts';
export { FailureDestination } from './constructs/consumer/failure-destination.ts';
export { KafkaConsumer } from './constructs/consumer/kafka-consumer.ts';
export { type OnDemandPollers, Pollers, type ProvisionedPollers } from './constructs/consumer/pollers.ts';
export type {
  ConsumerAlarmThresholds,
  KafkaConsumerAlarmsProps,
} from './constructs/monitoring/consumer-alarms-props.ts';
export {
  KafkaBrokerAlarms,
  type KafkaBrokerAlarmsProps,
} from './constructs/monitoring/kafka-broker-alarms.ts';
export { KafkaConsumerAlarms } from './constructs/monitoring/kafka-consumer-alarms.ts';
export {
  KafkaConsumerDashboard,
  type KafkaConsumerDashboardProps,
} from './constructs/monitoring/kafka-consumer-dashboard.ts';
export {
  type MappingMetric,
  mappingMetrics,
  type RuntimeMetric,
  runtimeMetrics,
} from './constructs/monitoring/mapping-metrics.ts';
export { RuleError } from './constructs/rules/enforce-rule.ts';
export { mappingRules, type RuleName, ruleCode } from './constructs/rules/mapping-rules.ts';
export type { Rule } from './constructs/rules/rule.ts';
export type { ExistingTopicAttributes } from './constructs/topic/existing-topic.ts';
export { type IKafkaTopic, KafkaTopic, type KafkaTopicProps } from './constructs/topic/kafka-topic.ts';
export type { TopicConfigProps } from './constructs/topic/topic-config.ts';
