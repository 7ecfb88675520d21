/** The metrics inside an alarm, however it names them. */
export interface RenderedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly {
    readonly Name: string;
    readonly Value: string | { readonly Ref: string };
  }[];
}

interface RawMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: RenderedMetric['dimensions'];
}

interface RawAlarm extends Partial<RawMetric> {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: RawMetric } }[];
}

export function metricsOf(alarm: RawAlarm): readonly RenderedMetric[] {
  const raw = alarm.Metrics
    ? alarm.Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
    : [alarm as RawMetric];
  return raw.map(({ Namespace, MetricName, Dimensions }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Dimensions,
  }));
}
