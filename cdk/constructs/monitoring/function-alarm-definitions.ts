/** Alarms on the function: its own metrics and those of the runtime inside. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { AlarmDefinition } from './alarm-definition.ts';
import type { ConsumerAlarmThresholds } from './consumer-alarms-props.ts';
import { type RuntimeMetricSource, runtimeMetric } from './mapping-metrics.ts';

const period = Duration.minutes(1);

export function functionAlarms(
  target: IFunction,
  timeout: Duration | undefined,
  { throttles = 1, durationRatio = 0.8 }: ConsumerAlarmThresholds,
): readonly AlarmDefinition[] {
  return [
    {
      id: 'FunctionErrors',
      metric: target.metricErrors({ period }),
      threshold: 1,
      minutes: 1,
      meaning: 'the function threw, ran out of memory or timed out: whole batches come again',
    },
    {
      id: 'Throttles',
      metric: target.metricThrottles({ period }),
      threshold: throttles,
      minutes: 5,
      meaning: 'batches wait for concurrency of the function',
    },
    ...(timeout ? durationAlarms(target, timeout, durationRatio) : []),
  ];
}

/** Lambda has no metric of timeouts: a call that timed out lasted as long as the timeout. */
function durationAlarms(target: IFunction, timeout: Duration, ratio: number): readonly AlarmDefinition[] {
  const metric = target.metricDuration({ period, statistic: Stats.MAXIMUM });
  const limit = timeout.toMilliseconds();
  return [
    {
      id: 'SlowInvocations',
      metric,
      threshold: Math.round(limit * ratio),
      minutes: 5,
      meaning: `calls take ${Math.round(ratio * 100)} % of the timeout of ${timeout.toSeconds()} s or more`,
    },
    {
      id: 'Timeouts',
      metric,
      threshold: limit,
      minutes: 1,
      meaning: `a call took the whole timeout of ${timeout.toSeconds()} s: its batch comes again`,
    },
  ];
}

export function runtimeAlarms(
  source: RuntimeMetricSource,
  { oldestRecordAge = Duration.minutes(15), parkedRecords = 1 }: ConsumerAlarmThresholds,
): readonly AlarmDefinition[] {
  return [
    {
      id: 'OldRecords',
      metric: runtimeMetric(source, 'OldestUnresolvedAge'),
      threshold: oldestRecordAge.toMilliseconds(),
      // Told once an attempt, and attempts back off: one in five minutes is enough, and five keep the alarm from flapping between them.
      minutes: 1,
      outOf: 5,
      meaning: `a record is ${oldestRecordAge.toHumanString()} old or more and not done`,
    },
    {
      id: 'ParkedRecords',
      metric: runtimeMetric(source, 'RecordsParked'),
      threshold: parkedRecords,
      minutes: 1,
      meaning: 'records that can never succeed were parked',
    },
  ];
}
