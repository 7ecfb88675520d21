import { Duration } from 'aws-cdk-lib';
import { Alarm, type IAlarmAction, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { IKafkaCluster } from '../cluster/kafka-source.ts';
import { type AlarmDefinition, alarmBasics, alarmText, runbookOf } from './alarm-definition.ts';

export interface KafkaBrokerAlarmsProps {
  /** A cluster with brokers that can be counted: Standard or Express. */
  readonly cluster: IKafkaCluster;
  /** Percent of a Standard broker's volume. @default 85 */
  readonly diskUsed?: number;
  /** Percent of a broker's CPU; MSK advises to stay under 60. @default 60 */
  readonly cpuUsed?: number;
  /** What happens on alarm. @default - nothing but the alarm's state */
  readonly actions?: readonly IAlarmAction[];
  /** Where the runbooks are, a URL or a folder. @default 'docs/runbooks' */
  readonly runbooks?: string;
}

/**
 * Alarms of the brokers: CPU of all that can be counted, disk of Standard ones (Express has no volumes of its own). None for Serverless.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class KafkaBrokerAlarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: KafkaBrokerAlarmsProps) {
    super(scope, id);
    const { cluster, runbooks = 'docs/runbooks' } = props;
    const brokers = Array.from({ length: cluster.brokerCount ?? 0 }, (_, index) => index + 1);
    const definitions = brokers.flatMap((broker) => brokerAlarms(props, broker));
    this.alarms = definitions.map(({ id: alarmId, metric, threshold, minutes, meaning }) => {
      const kind = alarmId.replace(/\d+$/, '');
      return new Alarm(this, alarmId, {
        ...alarmBasics,
        alarmDescription: alarmText(meaning, `cluster ${cluster.clusterName}`, runbookOf(runbooks, kind)),
        metric,
        threshold,
        evaluationPeriods: minutes,
        datapointsToAlarm: minutes,
      });
    });
    for (const alarm of this.alarms) alarm.addAlarmAction(...(props.actions ?? []));
  }
}

function brokerAlarms(
  { cluster, diskUsed = 85, cpuUsed = 60 }: KafkaBrokerAlarmsProps,
  broker: number,
): readonly AlarmDefinition[] {
  const cpu: AlarmDefinition = {
    id: `BrokerCpu${broker}`,
    metric: cpuOf(cluster, broker),
    threshold: cpuUsed,
    minutes: 15,
    meaning: `broker ${broker} uses ${cpuUsed} % of its CPU or more`,
  };
  if (cluster.kind !== 'standard') return [cpu];
  const disk: AlarmDefinition = {
    id: `BrokerDisk${broker}`,
    metric: brokerMetric(cluster, broker, 'KafkaDataLogsDiskUsed'),
    threshold: diskUsed,
    minutes: 15,
    meaning: `broker ${broker} uses ${diskUsed} % of its volume or more`,
  };
  return [cpu, disk];
}

function cpuOf(cluster: IKafkaCluster, broker: number): IMetric {
  return new MathExpression({
    expression: 'user + system',
    usingMetrics: {
      user: brokerMetric(cluster, broker, 'CpuUser'),
      system: brokerMetric(cluster, broker, 'CpuSystem'),
    },
    period: Duration.minutes(1),
    label: `CPU of broker ${broker}`,
  });
}

function brokerMetric(cluster: IKafkaCluster, broker: number, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: { 'Cluster Name': cluster.clusterName, 'Broker ID': String(broker) },
    statistic: 'Average',
    period: Duration.minutes(1),
  });
}
