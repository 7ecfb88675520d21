/** The constructs, for your own CDK app. */
export * from './constructs/cluster/cluster-authentication.ts';
export { KafkaCluster, type KafkaClusterProps } from './constructs/cluster/kafka-cluster.ts';
export type { ClusterKind, IKafkaCluster } from './constructs/cluster/kafka-source.ts';
export { KafkaConsumer, type KafkaConsumerProps } from './constructs/consumer/kafka-consumer.ts';
export { type IKafkaTopic, KafkaTopic, type KafkaTopicProps } from './constructs/topic/kafka-topic.ts';
