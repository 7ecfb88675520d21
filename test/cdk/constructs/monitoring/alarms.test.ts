import { existsSync } from 'node:fs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  KafkaBrokerAlarms,
  KafkaConsumerAlarms,
  type KafkaConsumerAlarmsProps,
} from '../../../../cdk/index.ts';
import { aCluster, aConsumer } from '../../support/kafka-fixtures.ts';
import { metricsOf, type RenderedMetric } from '../../support/rendered-metrics.ts';
import { aStack, resourcesOf, type TemplateResource } from '../../support/synth-app.ts';

const alarmType = 'AWS::CloudWatch::Alarm';

/** Every metric that AWS documents for a mapping, a function and a broker, and those the runtime publishes, with their dimensions. */
const documented: Readonly<Record<string, readonly string[]>> = {
  'AWS/Lambda EventSourceMappingUUID': [
    'PolledEventCount',
    'FilteredOutEventCount',
    'InvokedEventCount',
    'FailedInvokeEventCount',
    'DroppedEventCount',
    'OnFailureDestinationDeliveredEventCount',
    'CommittedEventCount',
    'PollingErrorCount',
    'InvokeErrorCount',
    'CommitErrorCount',
    'SchemaRegistryErrorCount',
    'OnFailureDestinationDeliveryErrorCount',
    'MaxOffsetLag',
    'SumOffsetLag',
    'ProvisionedPollers',
    'EventPollerUnit',
    'EventPollerThroughputInBytes',
  ],
  'AWS/Lambda FunctionName': ['Errors', 'Throttles', 'Duration', 'Invocations', 'OffsetLag'],
  'AWS/Kafka Broker ID,Cluster Name': ['KafkaDataLogsDiskUsed', 'CpuUser', 'CpuSystem'],
  'lanewise service': [
    'RecordsDone',
    'RecordsParked',
    'RecordsFailed',
    'RecordsUnfinished',
    'OldestUnresolvedAge',
  ],
};

function isDocumented({ namespace, name, dimensions }: RenderedMetric): boolean {
  const keys = dimensions.map(({ Name }) => Name).toSorted();
  return documented[`${namespace} ${keys.join()}`]?.includes(name) ?? false;
}

function alarmsOf(props: Partial<KafkaConsumerAlarmsProps> = {}): Stack {
  const stack = aStack();
  new KafkaConsumerAlarms(stack, 'Alarms', { consumer: aConsumer(stack), ...props });
  return stack;
}

/** `lane-stands-still` of a text that ends with its runbook. */
function runbookIn({ AlarmDescription }: TemplateResource['Properties']): string {
  return /([a-z-]+)\.md$/.exec(AlarmDescription)?.[1] ?? 'none';
}

/** What an alarm looks at and when it rings, on one line. */
function lookOf(alarm: TemplateResource['Properties']): string {
  const stats = alarm.Metrics
    ? alarm.Metrics.flatMap(({ MetricStat }: { MetricStat?: RawStat }) => (MetricStat ? [MetricStat] : []))
    : [{ Metric: alarm, Stat: alarm.Statistic }];
  const metrics = stats.map(
    ({ Metric, Stat }: RawStat) => `${Metric.Namespace} ${Metric.MetricName} ${Stat}`,
  );
  const expression = alarm.Metrics?.find((part: { Expression?: string }) => part.Expression)?.Expression;
  const limit = alarm.ThresholdMetricId ? 'band' : alarm.Threshold;
  const comparison = { GreaterThanOrEqualToThreshold: '>=', LessThanLowerThreshold: '<' } as const;
  const sign = comparison[alarm.ComparisonOperator as keyof typeof comparison];
  const what = `${expression ? `${expression} of ` : ''}${metrics.join(' and ')}`;
  return `${what} ${sign} ${limit}, ${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}`;
}

interface RawStat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: string };
  readonly Stat: string;
}

/** The alarm whose text has these words. */
function alarmOn(stack: Stack, words: string): TemplateResource['Properties'] {
  const found = resourcesOf(stack, alarmType).find(({ Properties }) =>
    Properties.AlarmDescription.includes(words),
  );
  if (!found) throw new Error(`no alarm says "${words}"`);
  return found.Properties;
}

describe('the alarms of a consumer', () => {
  let stack: Stack;
  let alarms: readonly TemplateResource[];

  beforeAll(() => {
    stack = alarmsOf();
    alarms = resourcesOf(stack, alarmType);
  });

  test('look at documented metrics only, with their dimensions', () => {
    const metrics = alarms.flatMap(({ Properties }) => metricsOf(Properties));
    expect(metrics.filter((metric) => !isDocumented(metric))).toEqual([]);
    expect(metrics.length).toBeGreaterThan(alarms.length);
  });

  test('look at the mapping, the function and the service of that consumer', () => {
    const values = new Set(
      alarms
        .flatMap(({ Properties }) => metricsOf(Properties))
        .flatMap(({ dimensions }) =>
          dimensions.map(
            ({ Name, Value }) => `${Name}=${typeof Value === 'string' ? Value : Value.Ref.slice(0, 14)}`,
          ),
        ),
    );
    expect([...values].toSorted()).toEqual([
      'EventSourceMappingUUID=BillingMapping',
      'FunctionName=BillingFunctio',
      'service=billing',
    ]);
  });

  test('take what nobody reports for what has not happened', () => {
    expect(new Set(alarms.map(({ Properties }) => Properties.TreatMissingData))).toEqual(
      new Set(['notBreaching']),
    );
  });

  test('name the group, the topic and a runbook that is there', () => {
    for (const { Properties } of alarms) {
      const text: string = Properties.AlarmDescription;
      expect(text).toContain('(group billing on topic order-events)');
      const [, runbook = ''] = /What to do: (\S+)$/.exec(text) ?? [];
      expect(existsSync(runbook), runbook).toBe(true);
    }
  });

  test('look at these metrics, with these statistics and limits', () => {
    const looks = alarms.map(({ Properties }) => `${runbookIn(Properties)}: ${lookOf(Properties)}`);
    const mapping = 'AWS/Lambda';
    expect(looks.toSorted()).toEqual(
      [
        `offset-lag: ${mapping} MaxOffsetLag Maximum >= 10000, 15 of 15`,
        `lag-growth: IF(DIFF(lag) > 0, 1, 0) of ${mapping} SumOffsetLag Maximum >= 1, 15 of 15`,
        'lane-stands-still: IF(lag > 0 AND (FILL(committed, 0) == 0 OR (lag >= 10 AND DIFF(lag) >= 0)), 1, 0) of ' +
          `${mapping} MaxOffsetLag Maximum and ${mapping} CommittedEventCount Sum >= 1, 10 of 10`,
        `records-dropped: ${mapping} DroppedEventCount Sum >= 1, 1 of 1`,
        `dead-letters: ${mapping} OnFailureDestinationDeliveredEventCount Sum >= 1, 1 of 1`,
        `destination-failures: ${mapping} OnFailureDestinationDeliveryErrorCount Sum >= 1, 1 of 1`,
        `failed-invocations: ${mapping} InvokeErrorCount Sum >= 3, 5 of 5`,
        `commit-errors: ${mapping} CommitErrorCount Sum >= 1, 3 of 3`,
        `polling-errors: ${mapping} PollingErrorCount Sum >= 1, 5 of 5`,
        'pollers-at-maximum: IF(pollers >= 3 AND DIFF(lag) > 0, 1, 0) of ' +
          `${mapping} ProvisionedPollers Maximum and ${mapping} SumOffsetLag Maximum >= 1, 15 of 15`,
        `function-errors: ${mapping} Errors Sum >= 1, 1 of 1`,
        `throttles: ${mapping} Throttles Sum >= 1, 5 of 5`,
        `slow-invocations: ${mapping} Duration Maximum >= 48000, 5 of 5`,
        `timeouts: ${mapping} Duration Maximum >= 60000, 1 of 1`,
        'old-records: lanewise OldestUnresolvedAge Maximum >= 900000, 1 of 5',
        'parked-records: lanewise RecordsParked Sum >= 1, 1 of 1',
        `commit-progress: ANOMALY_DETECTION_BAND(m0, 3) of ${mapping} CommittedEventCount Sum < band, 15 of 15`,
      ].toSorted(),
    );
  });

  test('look minute by minute', () => {
    const text = JSON.stringify(alarms);
    const periods = new Set([...text.matchAll(/"Period":(\d+)/g)].map(([, seconds]) => seconds));
    expect([...periods]).toEqual(['60']);
  });

  test('learn how much is usually committed', () => {
    const alarm = alarmOn(stack, 'far fewer records are committed');
    expect(alarm.ComparisonOperator).toBe('LessThanLowerThreshold');
    expect(JSON.stringify(alarm.Metrics)).toContain('ANOMALY_DETECTION_BAND(m0, 3)');
  });

  test('know a timeout by the duration of a call', () => {
    expect(alarmOn(stack, 'a call took the whole timeout')).toMatchObject({
      MetricName: 'Duration',
      Statistic: 'Maximum',
      Threshold: 60_000,
    });
    expect(alarmOn(stack, 'calls take 80 %').Threshold).toBe(48_000);
  });
});

describe('thresholds', () => {
  test('are settable, each of them', () => {
    const stack = alarmsOf({
      thresholds: {
        offsetLag: 5,
        lagGrowth: Duration.minutes(30),
        standstill: Duration.minutes(20),
        standstillLag: 3,
        commitAnomaly: 2,
        oldestRecordAge: Duration.minutes(1),
        failedInvocations: 7,
        throttles: 9,
        durationRatio: 0.5,
        parkedRecords: 11,
        deadLetteredRecords: 13,
        pollersAtMaximum: Duration.minutes(45),
      },
    });
    expect(alarmOn(stack, '5 records or more').Threshold).toBe(5);
    expect(alarmOn(stack, 'the lag grows without').EvaluationPeriods).toBe(30);
    expect(alarmOn(stack, 'a lane stands still').EvaluationPeriods).toBe(20);
    expect(JSON.stringify(alarmOn(stack, 'a lane stands still').Metrics)).toContain('lag >= 3 AND');
    expect(JSON.stringify(alarmOn(stack, 'far fewer').Metrics)).toContain('ANOMALY_DETECTION_BAND(m0, 2)');
    expect(alarmOn(stack, 'a record is 1 minute old').Threshold).toBe(60_000);
    expect(alarmOn(stack, 'fail as a whole').Threshold).toBe(7);
    expect(alarmOn(stack, 'wait for concurrency').Threshold).toBe(9);
    expect(alarmOn(stack, 'calls take 50 %').Threshold).toBe(30_000);
    expect(alarmOn(stack, 'were parked').Threshold).toBe(11);
    expect(alarmOn(stack, 'are at the on-failure').Threshold).toBe(13);
    expect(alarmOn(stack, 'all 3 pollers').EvaluationPeriods).toBe(45);
  });

  test('read the metrics of the runtime where the function publishes them, and a timeout that the function does not tell', () => {
    const stack = alarmsOf({
      metricsNamespace: 'shop',
      serviceName: 'invoices',
      functionTimeout: Duration.seconds(10),
    });
    const runtime = resourcesOf(stack, alarmType)
      .flatMap(({ Properties }) => metricsOf(Properties))
      .filter(({ namespace }) => namespace !== 'AWS/Lambda');
    expect(runtime).toHaveLength(2);
    for (const { namespace, dimensions } of runtime)
      expect([namespace, dimensions]).toEqual(['shop', [{ Name: 'service', Value: 'invoices' }]]);
    expect(alarmOn(stack, 'a call took the whole timeout of 10 s').Threshold).toBe(10_000);
  });

  test('come with actions on every alarm, and with links to where the runbooks are', () => {
    const stack = aStack();
    const action = new SnsAction(new Topic(stack, 'OnCall'));
    new KafkaConsumerAlarms(stack, 'Alarms', {
      consumer: aConsumer(stack),
      actions: [action],
      runbooks: 'https://wiki.example.com/runbooks/',
    });
    const all = resourcesOf(stack, alarmType);
    expect(all.length).toBeGreaterThan(10);
    for (const { Properties } of all) {
      expect(Properties.AlarmActions).toHaveLength(1);
      expect(Properties.AlarmDescription).toMatch(/https:\/\/wiki\.example\.com\/runbooks\/[a-z-]+\.md$/);
    }
  });
});

describe('the alarms of brokers', () => {
  function brokerAlarmsOn(kind: 'express' | 'standard' | 'serverless'): readonly TemplateResource[] {
    const stack = aStack();
    new KafkaBrokerAlarms(stack, 'Brokers', { cluster: aCluster(stack, { kind }) });
    return resourcesOf(stack, alarmType);
  }

  test('watch CPU and disk of each Standard broker', () => {
    const alarms = brokerAlarmsOn('standard');
    expect(alarms).toHaveLength(6);
    expect(alarms.slice(0, 2).map(({ Properties }) => lookOf(Properties))).toEqual([
      'user + system of AWS/Kafka CpuUser Average and AWS/Kafka CpuSystem Average >= 60, 15 of 15',
      'AWS/Kafka KafkaDataLogsDiskUsed Average >= 85, 15 of 15',
    ]);
    const metrics = alarms.flatMap(({ Properties }) => metricsOf(Properties));
    expect(metrics.filter((metric) => !isDocumented(metric))).toEqual([]);
    const brokers = metrics.flatMap(({ dimensions }) =>
      dimensions.filter(({ Name }) => Name === 'Broker ID'),
    );
    expect(new Set(brokers.map(({ Value }) => Value))).toEqual(new Set(['1', '2', '3']));
  });

  test('ring at the limits that are set, and tell whom they are told', () => {
    const stack = aStack();
    const actions = [new SnsAction(new Topic(stack, 'OnCall'))];
    const cluster = aCluster(stack, { kind: 'standard' });
    new KafkaBrokerAlarms(stack, 'Brokers', { cluster, actions, diskUsed: 70, cpuUsed: 50 });
    const alarms = resourcesOf(stack, alarmType).map(({ Properties }) => Properties);
    expect(alarms.map(({ Threshold }) => Threshold)).toEqual([50, 70, 50, 70, 50, 70]);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toHaveLength(1);
  });

  test('watch CPU alone where brokers have no volume, and nothing where there are none to count', () => {
    expect(brokerAlarmsOn('express').map(({ Properties }) => Properties.Threshold)).toEqual([60, 60, 60]);
    expect(brokerAlarmsOn('serverless')).toEqual([]);
  });

  test('name a runbook that is there', () => {
    for (const { Properties } of brokerAlarmsOn('standard')) {
      const [, runbook = ''] = /What to do: (\S+)$/.exec(Properties.AlarmDescription) ?? [];
      expect(existsSync(runbook), runbook).toBe(true);
    }
  });
});
