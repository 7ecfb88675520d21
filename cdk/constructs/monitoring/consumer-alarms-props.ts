import type { Duration } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { KafkaConsumer } from '../consumer/kafka-consumer.ts';

/** From when on something is worth waking somebody. */
export interface ConsumerAlarmThresholds {
  /** Records of the furthest partition that wait, for 15 minutes. @default 10000 */
  readonly offsetLag?: number;
  /** How long the lag may grow without a break. @default Duration.minutes(15) */
  readonly lagGrowth?: Duration;
  /** How long a lane with waiting records may stand still. @default Duration.minutes(10) */
  readonly standstill?: Duration;
  /**
   * Records from which on a lane that gets no nearer stands still though others move. With fewer, the lag of a healthy consumer looks the
   * same. @default 10
   */
  readonly standstillLag?: number;
  /** Width of the band of usual commit progress, in standard deviations. @default 3 */
  readonly commitAnomaly?: number;
  /** Age of the oldest record that a batch left unresolved. @default Duration.minutes(15) */
  readonly oldestRecordAge?: Duration;
  /** Failed batches in a minute, for 5 minutes. @default 3 */
  readonly failedInvocations?: number;
  /** Throttled calls in a minute, for 5 minutes. @default 1 */
  readonly throttles?: number;
  /** Part of the function's timeout that its longest call takes. @default 0.8 */
  readonly durationRatio?: number;
  /** Records parked in a minute. @default 1 */
  readonly parkedRecords?: number;
  /** Records that reach the on-failure destination in a minute. @default 1 */
  readonly deadLetteredRecords?: number;
  /** How long the pollers may be at their maximum while records wait. @default Duration.minutes(15) */
  readonly pollersAtMaximum?: Duration;
}

export interface KafkaConsumerAlarmsProps {
  /** A consumer in provisioned mode with every group of metrics. */
  readonly consumer: KafkaConsumer;
  /** @default - sensible ones, see each */
  readonly thresholds?: ConsumerAlarmThresholds;
  /** What happens on alarm. @default - nothing but the alarm's state */
  readonly actions?: readonly IAlarmAction[];
  /** Namespace of the runtime's metrics: the function's POWERTOOLS_METRICS_NAMESPACE. @default 'lanewise' */
  readonly metricsNamespace?: string;
  /** Service of the runtime's metrics: the function's POWERTOOLS_SERVICE_NAME. @default - the group */
  readonly serviceName?: string;
  /** Timeout of a function that was given and does not tell. @default - the function's own */
  readonly functionTimeout?: Duration;
  /** Where the runbooks are, a URL or a folder. @default 'docs/runbooks' */
  readonly runbooks?: string;
}
