import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { KafkaConsumer } from '../consumer/kafka-consumer.ts';
import { type MappingMetric, type RuntimeMetric, runtimeMetric } from './mapping-metrics.ts';

export interface KafkaConsumerDashboardProps {
  /** A section for each. One dashboard for many costs 3 USD a month, as one for each would. */
  readonly consumers: readonly KafkaConsumer[];
  /** @default - chosen by CloudFormation */
  readonly dashboardName?: string;
  /** Namespace of the runtime's metrics. @default 'lanewise' */
  readonly metricsNamespace?: string;
  /** Service of each consumer's metrics. @default - its group */
  readonly serviceName?: (consumer: KafkaConsumer) => string;
}

const height = 6;
const period = Duration.minutes(1);

/** One page for the consumers of a stack: is each moving, how far behind is it, what fails, how near is its function to its limits. */
export class KafkaConsumerDashboard extends Construct {
  readonly dashboard: Dashboard;
  /** Opens the dashboard in the console. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: KafkaConsumerDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Resource', {
      ...(props.dashboardName !== undefined && { dashboardName: props.dashboardName }),
      defaultInterval: Duration.hours(6),
    });
    for (const consumer of props.consumers)
      for (const row of section(consumer, props)) this.dashboard.addWidgets(...row);
    const { region } = Stack.of(this);
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${this.dashboard.dashboardName}`;
  }
}

function section(
  consumer: KafkaConsumer,
  props: KafkaConsumerDashboardProps,
): readonly (readonly IWidget[])[] {
  const source = {
    namespace: props.metricsNamespace ?? 'lanewise',
    service: props.serviceName?.(consumer) ?? consumer.group,
  };
  const runtime = (name: RuntimeMetric) => runtimeMetric(source, name);
  return [
    [title(consumer)],
    progressRow(consumer),
    [failureGraph(consumer, runtime('RecordsParked')), errorGraph(consumer), recordGraph(runtime)],
    functionRow(consumer),
  ];
}

function title({ group, topic }: KafkaConsumer): IWidget {
  return new TextWidget({ markdown: `## ${group} on ${topic.topicName}`, width: 24, height: 1 });
}

function progressRow(consumer: KafkaConsumer): readonly IWidget[] {
  const of = (...names: readonly MappingMetric[]) => names.map((name) => consumer.metric(name));
  return [
    graph('Records that wait', of('MaxOffsetLag', 'SumOffsetLag')),
    graph(
      'Records',
      of('PolledEventCount', 'FilteredOutEventCount', 'InvokedEventCount', 'CommittedEventCount'),
    ),
    graph('Pollers', of('ProvisionedPollers'), of('EventPollerThroughputInBytes')),
  ];
}

function failureGraph(consumer: KafkaConsumer, parked: IMetric): IWidget {
  return graph('Records that fail', [
    consumer.metric('FailedInvokeEventCount'),
    consumer.metric('DroppedEventCount'),
    consumer.metricDeadLetteredEvents(),
    parked,
  ]);
}

function errorGraph(consumer: KafkaConsumer): IWidget {
  return graph('Errors of the mapping', [
    consumer.metric('InvokeErrorCount'),
    consumer.metric('PollingErrorCount'),
    consumer.metric('CommitErrorCount'),
    consumer.metric('OnFailureDestinationDeliveryErrorCount'),
  ]);
}

function recordGraph(runtime: (name: RuntimeMetric) => IMetric): IWidget {
  return graph(
    'What the runtime tells',
    [runtime('RecordsDone'), runtime('RecordsFailed'), runtime('RecordsUnfinished')],
    [runtime('OldestUnresolvedAge')],
  );
}

function functionRow({ function: target, parkingQueue }: KafkaConsumer): readonly IWidget[] {
  const parked = parkingQueue ? [parkingQueue.metricApproximateNumberOfMessagesVisible({ period })] : [];
  return [
    graph('Duration', [
      target.metricDuration({ period, statistic: 'Maximum', label: 'longest' }),
      target.metricDuration({ period, statistic: 'Average', label: 'average' }),
    ]),
    graph('Calls', [
      target.metricInvocations({ period }),
      target.metricErrors({ period }),
      target.metricThrottles({ period }),
    ]),
    ...(parked.length > 0 ? [graph('Parking queue', parked)] : []),
  ];
}

function graph(name: string, left: readonly IMetric[], right: readonly IMetric[] = []): IWidget {
  return new GraphWidget({ title: name, left: [...left], right: [...right], width: 8, height });
}
