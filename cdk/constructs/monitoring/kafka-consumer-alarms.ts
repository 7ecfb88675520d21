import type { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { functionBehind } from '../consumer/consumer-function.ts';
import { enforceIf } from '../rules/enforce-rule.ts';
import { type AlarmDefinition, alarmBasics, alarmText, runbookOf } from './alarm-definition.ts';
import type { KafkaConsumerAlarmsProps } from './consumer-alarms-props.ts';
import { functionAlarms, runtimeAlarms } from './function-alarm-definitions.ts';
import { mappingAlarms } from './mapping-alarm-definitions.ts';

/**
 * Alarms of one consumer: lag and its growth, lanes that stand still, old records, losses, failures, a function near its limits.
 * About 0.10 USD a month each; the one on unusual commit progress about 0.30 USD.
 */
export class KafkaConsumerAlarms extends Construct {
  readonly alarms: readonly (Alarm | AnomalyDetectionAlarm)[];
  private readonly props: KafkaConsumerAlarmsProps;

  constructor(scope: Construct, id: string, props: KafkaConsumerAlarmsProps) {
    super(scope, id);
    this.props = props;
    const { consumer, thresholds = {} } = props;
    const missing = ['EventCount', 'ErrorCount', 'KafkaMetrics'].filter(
      (name) => !consumer.metrics.includes(name),
    );
    enforceIf(missing.length > 0, this, 'alarms-need-metrics', `no ${missing.join(', ')}`);
    const runtime = {
      namespace: props.metricsNamespace ?? 'lanewise',
      service: props.serviceName ?? consumer.group,
    };
    const definitions = [
      ...mappingAlarms(consumer, thresholds),
      ...functionAlarms(consumer.function, this.functionTimeout(), thresholds),
      ...runtimeAlarms(runtime, thresholds),
    ];
    this.alarms = [...definitions.map((definition) => this.addAlarm(definition)), this.addCommitAnomaly()];
    for (const alarm of this.alarms) alarm.addAlarmAction(...(props.actions ?? []));
  }

  private functionTimeout(): Duration | undefined {
    const { consumer, functionTimeout } = this.props;
    if (functionTimeout) return functionTimeout;
    return functionBehind(consumer.function)?.timeout;
  }

  private addAlarm({ id, metric, threshold, minutes, outOf, meaning }: AlarmDefinition): Alarm {
    return new Alarm(this, id, {
      ...alarmBasics,
      alarmDescription: this.textOf(id, meaning),
      metric,
      threshold,
      evaluationPeriods: outOf ?? minutes,
      datapointsToAlarm: minutes,
    });
  }

  /** Learns how much is usually committed at this time of day and week, and tells when it is much less. */
  private addCommitAnomaly(): AnomalyDetectionAlarm {
    return new AnomalyDetectionAlarm(this, 'CommitProgress', {
      alarmDescription: this.textOf(
        'CommitProgress',
        'far fewer records are committed than usual at this time',
      ),
      metric: this.props.consumer.metricCommittedEvents(),
      stdDevs: this.props.thresholds?.commitAnomaly ?? 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_LOWER_THRESHOLD,
      evaluationPeriods: 15,
      datapointsToAlarm: 15,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  private textOf(id: string, meaning: string): string {
    const { consumer, runbooks = 'docs/runbooks' } = this.props;
    const subject = `group ${consumer.group} on topic ${consumer.topic.topicName}`;
    return alarmText(meaning, subject, runbookOf(runbooks, id));
  }
}
