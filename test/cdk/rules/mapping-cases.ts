import { Duration } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KafkaTopic, Pollers } from '../../../cdk/index.ts';
import { aConsumer, anExistingTopic, aSelfManagedCluster } from '../support/kafka-fixtures.ts';
import type { SomeRuleCases } from './rule-case.ts';

const onDemand = {
  pollers: Pollers.onDemand(),
  reportBatchItemFailures: false,
  onFailure: undefined,
} as const;

export const mappingCases = {
  'provisioned-mode-required': {
    breaks: (stack) =>
      aConsumer(stack, { ...onDemand, reportBatchItemFailures: true, maxRecordAge: Duration.hours(1) }),
    message:
      'retries, record age, bisect, partial responses, metrics, log level, schema registry and a Kafka destination exist only in provisioned mode; got Pollers.onDemand() with reportBatchItemFailures, maxRecordAge: use Pollers.provisioned(), or turn these off [lanewise:provisioned-mode-required] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, onDemand),
  },
  'on-demand-needs-endpoints': {
    breaks: (stack) => aConsumer(stack, onDemand),
    message:
      'on-demand pollers reach Lambda and STS from the subnets of the cluster; got Pollers.onDemand(): give the VPC a NAT gateway or endpoints for lambda and sts, or use Pollers.provisioned() [lanewise:on-demand-needs-endpoints] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { pollers: Pollers.provisioned() }),
  },
  'partial-responses-off': {
    breaks: (stack) => aConsumer(stack, { reportBatchItemFailures: false }),
    message:
      'without partial responses Lambda takes a returned list of failures for a success; got reportBatchItemFailures: false: leave reportBatchItemFailures on, or make the handler throw when anything failed [lanewise:partial-responses-off] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { reportBatchItemFailures: true }),
  },
  'pollers-above-partitions': {
    breaks: (stack) => aConsumer(stack, { pollers: Pollers.provisioned({ maximum: 4 }) }),
    message:
      'a topic has at most one poller for each partition; got 4 pollers for 3 partitions: lower the pollers or give the topic more partitions [lanewise:pollers-above-partitions] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { pollers: Pollers.provisioned({ maximum: 3 }) }),
  },
  'poller-group-limits': {
    breaks: (stack) => {
      const big = { topic: anExistingTopic(stack, 'clicks', 3000) };
      aConsumer(stack, { ...big, pollers: Pollers.provisioned({ maximum: 1999, group: 'shop' }) });
      aConsumer(stack, { ...big, pollers: Pollers.provisioned({ maximum: 2, group: 'shop' }) }, 'Inventory');
    },
    message:
      "a poller group holds at most 100 mappings with 2000 pollers in sum of their maxima; got 2 mappings with 2001 pollers in 'shop': split the group or lower the maxima [lanewise:poller-group-limits] at Shop/Inventory",
    nearest: (stack) => {
      const big = { topic: anExistingTopic(stack, 'clicks', 3000) };
      aConsumer(stack, { ...big, pollers: Pollers.provisioned({ maximum: 1999, group: 'shop' }) });
      aConsumer(stack, { ...big, pollers: Pollers.provisioned({ maximum: 1, group: 'shop' }) }, 'Inventory');
    },
  },
  'queue-mode': {
    breaks: (stack) => aConsumer(stack, { consumptionMode: 'queue' }),
    message:
      "queue mode is for self-managed clusters, and has no starting position, no batching window and no order; got an MSK cluster: leave them out, or use consumptionMode: 'stream' [lanewise:queue-mode] at Shop/Billing",
    nearest: (stack) =>
      aConsumer(stack, {
        topic: KafkaTopic.fromTopicName(stack, 'Topic', {
          cluster: aSelfManagedCluster(stack),
          topicName: 'order-events',
        }),
        consumptionMode: 'queue',
      }),
  },
  'retries-block-for-ever': {
    breaks: (stack) => aConsumer(stack, { retryAttempts: -1, onFailure: undefined }),
    message:
      'without a limit on retries, a record age or a destination, one bad record blocks its partition for ever; got retryAttempts -1 alone: set retryAttempts, maxRecordAge or onFailure [lanewise:retries-block-for-ever] at Shop/Billing',
    nearest: (stack) =>
      aConsumer(stack, { retryAttempts: -1, onFailure: undefined, maxRecordAge: Duration.days(1) }),
  },
  'retries-capped-at-10': {
    breaks: (stack) => aConsumer(stack, { retryAttempts: -1 }),
    message:
      'with a destination Lambda ends infinite retries after 10; got retryAttempts -1 with onFailure: set retryAttempts to the number you mean [lanewise:retries-capped-at-10] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { retryAttempts: 10 }),
  },
  'discards-without-destination': {
    breaks: (stack) => aConsumer(stack, { onFailure: undefined }),
    message:
      'what the mapping gives up on is gone when there is no destination; got no onFailure: set onFailure [lanewise:discards-without-destination] at Shop/Billing',
    nearest: (stack) => aConsumer(stack),
  },
  'bisect-with-partial-responses': {
    breaks: (stack) => aConsumer(stack, { bisectBatchOnError: true }),
    message:
      'bisect splits a batch only when the whole function fails; how AWS combines it with partial responses is not documented; got bisectBatchOnError: true: leave bisectBatchOnError off and let the handler report what failed [lanewise:bisect-with-partial-responses] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { bisectBatchOnError: true, reportBatchItemFailures: false }),
  },
  'latest-can-miss-records': {
    breaks: (stack) => aConsumer(stack, { startingPosition: StartingPosition.LATEST }),
    message:
      'with LATEST, records written while the mapping is created or changed can be missed; got StartingPosition.LATEST: use StartingPosition.TRIM_HORIZON or AT_TIMESTAMP [lanewise:latest-can-miss-records] at Shop/Billing',
    nearest: (stack) => aConsumer(stack, { startingPosition: StartingPosition.TRIM_HORIZON }),
  },
  'timestamp-in-future': {
    breaks: (stack) =>
      aConsumer(stack, {
        startingPosition: StartingPosition.AT_TIMESTAMP,
        startingPositionTimestamp: 1_764_000_000_000,
      }),
    message:
      'startingPositionTimestamp is a time in the past, in seconds since 1970; got 1764000000000: give seconds, not milliseconds [lanewise:timestamp-in-future] at Shop/Billing',
    nearest: (stack) =>
      aConsumer(stack, {
        startingPosition: StartingPosition.AT_TIMESTAMP,
        startingPositionTimestamp: 1_764_000_000,
      }),
  },
} as const satisfies SomeRuleCases;
