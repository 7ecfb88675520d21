import { Duration, Token } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { FailureDestination, KafkaConsumerAlarms, KafkaTopic, Pollers } from '../../../cdk/index.ts';
import {
  aConsumer,
  anExistingCluster,
  anExistingTopic,
  aTopic,
  handlerFile,
} from '../support/kafka-fixtures.ts';
import type { SomeRuleCases } from './rule-case.ts';

const roleArn = 'arn:aws:iam::111122223333:role/billing';

function aFunction(scope: Construct, mutable: boolean): LambdaFunction {
  return new LambdaFunction(scope, 'Own', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });'),
    role: Role.fromRoleArn(scope, 'Imported', roleArn, { mutable }),
  });
}

function filters(count: number) {
  return Array.from({ length: count }, (_, index) => ({ value: { sku: [`sku-${index}`] } }));
}

export const consumerCases = {
  'destination-is-source': {
    breaks: (stack) => {
      const topic = aTopic(stack);
      aConsumer(stack, { topic, onFailure: FailureDestination.kafkaTopic(topic) });
    },
    message:
      "the destination topic differs from the topic that is read; got 'order-events': name another topic [lanewise:destination-is-source] at Shop/Billing",
    nearest: (stack) => {
      const topic = aTopic(stack);
      aConsumer(stack, { topic, onFailure: FailureDestination.kafkaTopic(topic.addDeadLetterTopic('Dead')) });
    },
  },
  'destination-on-other-cluster': {
    breaks: (stack) =>
      aConsumer(stack, { onFailure: FailureDestination.kafkaTopic(aTopic(stack, { topicName: 'lost' })) }),
    message:
      "the destination topic is on the cluster that is read; got 'lost' of another cluster: create the topic there, or use a queue, an SNS topic or a bucket [lanewise:destination-on-other-cluster] at Shop/Billing",
    nearest: (stack) =>
      aConsumer(stack, { onFailure: FailureDestination.kafkaTopic(anExistingTopic(stack, 'lost')) }),
  },
  'destination-topic-unknown': {
    breaks: (stack) =>
      aConsumer(stack, { onFailure: FailureDestination.kafkaTopic(anExistingTopic(stack, 'lost')) }),
    message:
      "the destination topic is not created by this app, and neither does Lambda create it; got 'lost': create it as a KafkaTopic, or acknowledge that it exists [lanewise:destination-topic-unknown] at Shop/Billing",
    nearest: (stack) => {
      const topic = aTopic(stack);
      aConsumer(stack, { topic, onFailure: FailureDestination.kafkaTopic(topic.addDeadLetterTopic('Dead')) });
    },
  },
  'destination-fifo': {
    breaks: (stack) =>
      aConsumer(stack, { onFailure: FailureDestination.queue(new Queue(stack, 'Lost', { fifo: true })) }),
    message:
      'destinations are standard queues and standard SNS topics; got a FIFO queue: use one that is not FIFO [lanewise:destination-fifo] at Shop/Billing',
    nearest: (stack) => {
      aConsumer(stack, { onFailure: FailureDestination.queue(new Queue(stack, 'Lost')) });
      aConsumer(stack, { onFailure: FailureDestination.topic(new Topic(stack, 'LostToo')) }, 'Inventory');
    },
  },
  'group-empty': {
    breaks: (stack) => aConsumer(stack, { group: '' }),
    message:
      "a consumer group has a name of 1 to 200 characters; got '': name it, or leave it out for the default [lanewise:group-empty] at Shop/Billing",
    nearest: (stack) => aConsumer(stack, { group: 'b' }),
  },
  'group-colon': {
    breaks: (stack) => aConsumer(stack, { group: 'shop:billing' }),
    message:
      'MSK emits no lag metrics for a group with ":" in its name; got \'shop:billing\': use "." or "-" instead [lanewise:group-colon] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { group: 'shop.billing' }),
  },
  'group-star': {
    breaks: (stack) => aConsumer(stack, { group: 'billing*' }),
    message:
      'a "*" in the name of a group is a wildcard in the policy of the role; got \'billing*\': use another character [lanewise:group-star] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { group: 'billing+' }),
  },
  'group-shared': {
    breaks: (stack) => {
      aConsumer(stack);
      aConsumer(stack, { group: 'billing' }, 'Inventory');
    },
    message:
      "each consumer has a group of its own; two in one group share the partitions, and each sees a part of the records; got 'billing', which is the group of Shop/Billing: name another group [lanewise:group-shared] at Shop/Inventory",
    nearest: (stack) => {
      aConsumer(stack);
      aConsumer(stack, { group: 'inventory' }, 'Inventory');
    },
  },
  'batch-size': {
    breaks: (stack) => aConsumer(stack, { batchSize: 0 }),
    message:
      'batchSize is a whole number from 1 to 10000; CDK drops 0 and Lambda then takes 100; got 0: set the number you mean [lanewise:batch-size] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { batchSize: 1 }),
  },
  'filters-too-many': {
    breaks: (stack) => aConsumer(stack, { filters: filters(6) }),
    message:
      'a mapping has at most 5 filters, or as many as your raised quota allows, up to 10; got 6 filters: merge patterns, or set filterQuota when AWS raised yours [lanewise:filters-too-many] at Shop/Billing',
    nearest: (stack) => {
      aConsumer(stack, { filters: filters(5) });
      aConsumer(stack, { filters: filters(6), filterQuota: 10 }, 'Inventory');
    },
  },
  'filter-pattern': {
    breaks: (stack) => aConsumer(stack, { filters: [{ value: { order: { kind: 'order.placed' } } }] }),
    message:
      'a filter is a JSON object of at most 4096 characters, in which every field has an array of what matches; got value.order.kind without an array: correct the pattern; FilterCriteria.filter() makes one [lanewise:filter-pattern] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { filters: [{ value: { order: { kind: ['order.placed'] } } }] }),
  },
  'filter-key': {
    breaks: (stack) => aConsumer(stack, { filters: [{ headers: { kind: ['order.placed'] } }] }),
    message:
      'a Kafka filter looks at value and nothing else; got headers: put the pattern under value [lanewise:filter-key] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { filters: [{ value: { kind: ['order.placed'] } }] }),
  },
  'metrics-empty': {
    breaks: (stack) => aConsumer(stack, { metrics: [] }),
    message:
      'metrics names at least one group; got []: leave it out for all groups [lanewise:metrics-empty] at Shop/Billing',
    nearest: (stack) => aConsumer(stack),
  },
  'function-timeout': {
    breaks: (stack) => aConsumer(stack, { timeout: Duration.seconds(841) }),
    message:
      'a function of a Kafka mapping ends within 840 seconds; got 841 seconds: lower the timeout, and the batch size with it [lanewise:function-timeout] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { timeout: Duration.seconds(840) }),
  },
  'function-role-immutable': {
    breaks: (stack) => aConsumer(stack, { function: aFunction(stack, false) }),
    message:
      'the rights to poll are added to the role of the function, and this role takes none; got the role of Shop/Own: import it with mutable: true, or let the construct make the function [lanewise:function-role-immutable] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { function: aFunction(stack, true) }),
  },
  'function-shared': {
    breaks: (stack) => {
      const own = aFunction(stack, true);
      aConsumer(stack, { function: own });
      aConsumer(stack, { function: own, topic: anExistingTopic(stack, 'refunds') }, 'Refunds');
    },
    message:
      'a function hears of one group, in KAFKA_CONSUMER_GROUP; of two consumers that share it one is told the wrong one; got Shop/Own, which is the function of Shop/Billing: give each consumer a function of its own [lanewise:function-shared] at Shop/Refunds',
    nearest: (stack) => {
      aConsumer(stack, { function: aFunction(stack, true) });
      aConsumer(stack, { topic: anExistingTopic(stack, 'refunds') }, 'Refunds');
    },
  },
  'own-or-given': {
    breaks: (stack) => aConsumer(stack, { ownParkingQueue: true, parkingQueue: new Queue(stack, 'Parked') }),
    message:
      'a consumer has either a parking queue or checkpoint table of its own, or one that is given; got ownParkingQueue and parkingQueue: pass one of them [lanewise:own-or-given] at Shop/Billing',
    nearest: (stack) =>
      aConsumer(stack, { ownParkingQueue: false, parkingQueue: new Queue(stack, 'Parked') }),
  },
  'function-or-entry': {
    breaks: (stack) => aConsumer(stack, { entry: handlerFile, function: aFunction(stack, true) }),
    message:
      'a consumer has either a function or an entry; got both: pass one of them [lanewise:function-or-entry] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { entry: handlerFile }),
  },
  'concurrency-below-pollers': {
    breaks: (stack) => aConsumer(stack, { reservedConcurrentExecutions: 2 }),
    message:
      'reserved concurrency below the pollers throttles batches that are ready; got 2 for 3 pollers: reserve at least the maximum of the pollers [lanewise:concurrency-below-pollers] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { reservedConcurrentExecutions: 3 }),
  },
  'alarms-need-metrics': {
    breaks: (stack) =>
      new KafkaConsumerAlarms(stack, 'Alarms', {
        consumer: aConsumer(stack, {
          pollers: Pollers.onDemand(),
          reportBatchItemFailures: false,
          onFailure: undefined,
        }),
      }),
    message:
      'alarms read the metrics of all three groups: EventCount, ErrorCount and KafkaMetrics; got no EventCount, ErrorCount, KafkaMetrics: leave metrics out of the consumer, and keep it in provisioned mode [lanewise:alarms-need-metrics] at Shop/Alarms',
    nearest: (stack) => new KafkaConsumerAlarms(stack, 'Alarms', { consumer: aConsumer(stack) }),
  },
} as const satisfies SomeRuleCases;

export const nameCases = {
  'literal-required': {
    breaks: (stack) =>
      KafkaTopic.fromTopicName(stack, 'Topic', {
        cluster: anExistingCluster(stack),
        topicName: Token.asString({ Ref: 'TopicName' }),
      }),
    message:
      'names of topics and groups are literals, because they are checked, and the kafka:// prefix is lost on tokens; got a token as topicName: pass a string that is known at synth [lanewise:literal-required] at Shop/Topic',
    nearest: (stack) =>
      KafkaTopic.fromTopicName(stack, 'Topic', {
        cluster: anExistingCluster(stack),
        topicName: 'order-events',
      }),
  },
  'topic-name': {
    breaks: (stack) => anExistingTopic(stack, '.orders'),
    message:
      'a topic name is 2 to 249 letters, digits, ".", "_" and "-", not starting with "."; got \'.orders\': rename the topic [lanewise:topic-name] at Shop/Existing-.orders',
    nearest: (stack) => anExistingTopic(stack, 'orders.'),
  },
} as const satisfies SomeRuleCases;
