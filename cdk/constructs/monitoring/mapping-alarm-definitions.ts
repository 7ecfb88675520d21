/** Alarms on the mapping: is every lane moving, and is nothing lost. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { KafkaConsumer } from '../consumer/kafka-consumer.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import type { ConsumerAlarmThresholds } from './consumer-alarms-props.ts';

export function mappingAlarms(
  consumer: KafkaConsumer,
  thresholds: ConsumerAlarmThresholds,
): readonly AlarmDefinition[] {
  return [
    ...lagAlarms(consumer, thresholds),
    ...lossAlarms(consumer, thresholds),
    ...errorAlarms(consumer, thresholds),
    ...pollerAlarms(consumer, thresholds),
  ];
}

function lagAlarms(consumer: KafkaConsumer, thresholds: ConsumerAlarmThresholds): readonly AlarmDefinition[] {
  const { offsetLag = 10_000, lagGrowth, standstill, standstillLag = 10 } = thresholds;
  return [
    {
      id: 'OffsetLag',
      metric: consumer.metricMaxOffsetLag(),
      threshold: offsetLag,
      minutes: 15,
      meaning: `a partition has ${offsetLag} records or more waiting`,
    },
    {
      id: 'LagGrowth',
      metric: growth(consumer.metricSumOffsetLag()),
      threshold: 1,
      minutes: minutes(lagGrowth, 15),
      meaning: 'the lag grows without a break: records arrive faster than they are done',
    },
    {
      id: 'LaneStandsStill',
      metric: standing(consumer, standstillLag),
      threshold: 1,
      minutes: minutes(standstill, 10),
      meaning: 'a lane stands still while records wait in it',
    },
  ];
}

/** 1 while the lag is greater than a minute ago. */
function growth(lag: IMetric): MathExpression {
  return new MathExpression({
    expression: 'IF(DIFF(lag) > 0, 1, 0)',
    usingMetrics: { lag },
    period: Duration.minutes(1),
    label: 'lag grows',
  });
}

/**
 * 1 while records wait and either nothing is committed at all, or the furthest partition gets no nearer: one lane that stands still
 * among others that move shows only there. A lag of one or two is the same minute after minute where all is well.
 */
function standing(consumer: KafkaConsumer, least: number): MathExpression {
  return new MathExpression({
    expression: `IF(lag > 0 AND (FILL(committed, 0) == 0 OR (lag >= ${least} AND DIFF(lag) >= 0)), 1, 0)`,
    usingMetrics: { lag: consumer.metricMaxOffsetLag(), committed: consumer.metricCommittedEvents() },
    period: Duration.minutes(1),
    label: 'a lane stands still',
  });
}

function lossAlarms(
  consumer: KafkaConsumer,
  { deadLetteredRecords = 1 }: ConsumerAlarmThresholds,
): readonly AlarmDefinition[] {
  return [
    {
      id: 'RecordsDropped',
      metric: consumer.metric('DroppedEventCount'),
      threshold: 1,
      minutes: 1,
      meaning: 'records were given up and reached no destination: they are lost to this group',
    },
    {
      id: 'DeadLetters',
      metric: consumer.metricDeadLetteredEvents(),
      threshold: deadLetteredRecords,
      minutes: 1,
      meaning: 'records were given up and are at the on-failure destination',
    },
    {
      id: 'DestinationFailures',
      metric: consumer.metric('OnFailureDestinationDeliveryErrorCount'),
      threshold: 1,
      minutes: 1,
      meaning: 'the on-failure destination took no records; what it did not take is dropped',
    },
  ];
}

function errorAlarms(
  consumer: KafkaConsumer,
  { failedInvocations = 3 }: ConsumerAlarmThresholds,
): readonly AlarmDefinition[] {
  return [
    {
      id: 'FailedInvocations',
      metric: consumer.metric('InvokeErrorCount'),
      threshold: failedInvocations,
      minutes: 5,
      meaning: 'batches fail as a whole, not record by record',
    },
    {
      id: 'CommitErrors',
      metric: consumer.metric('CommitErrorCount'),
      threshold: 1,
      minutes: 3,
      meaning: 'offsets cannot be committed; records will be delivered again',
    },
    {
      id: 'PollingErrors',
      metric: consumer.metric('PollingErrorCount'),
      threshold: 1,
      minutes: 5,
      meaning: 'the pollers cannot read the topic',
    },
  ];
}

/** Waiting records while the pollers are at their maximum: more of them are needed, and more partitions perhaps. */
function pollerAlarms(
  consumer: KafkaConsumer,
  { pollersAtMaximum }: ConsumerAlarmThresholds,
): readonly AlarmDefinition[] {
  if (!consumer.pollers) return [];
  const { maximum } = consumer.pollers;
  const metric = new MathExpression({
    expression: `IF(pollers >= ${maximum} AND DIFF(lag) > 0, 1, 0)`,
    usingMetrics: { pollers: consumer.metricPollers(), lag: consumer.metricSumOffsetLag() },
    period: Duration.minutes(1),
    label: 'pollers at their maximum while the lag grows',
  });
  return [
    {
      id: 'PollersAtMaximum',
      metric,
      threshold: 1,
      minutes: minutes(pollersAtMaximum, 15),
      meaning: `all ${maximum} pollers are busy and the lag grows`,
    },
  ];
}

function minutes(duration: Duration | undefined, otherwise: number): number {
  return duration?.toMinutes() ?? otherwise;
}
