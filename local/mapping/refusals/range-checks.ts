/**
 * The ranges of the parameters (section 3.1, documented). One table makes the check and its message; the wording is that
 * of Lambda's validation errors in general (assumed for these fields).
 */
import {
  bootstrapServersOf,
  destinationOf,
  type MappingRequest,
  type RefusalCheck,
} from './mapping-request.ts';

interface Range {
  readonly field: string;
  /** `value` of a number, `length` of a text or list. */
  readonly of: 'value' | 'length';
  readonly values: (request: MappingRequest) => readonly (number | string | readonly unknown[] | undefined)[];
  readonly low: number;
  readonly high: number;
}

const RANGES: readonly Range[] = [
  { field: 'batchSize', of: 'value', values: (r) => [r.BatchSize], low: 1, high: 10_000 },
  { field: 'topics', of: 'length', values: (r) => [r.Topics ?? []], low: 1, high: 1 },
  { field: 'topics', of: 'length', values: (r) => r.Topics ?? [], low: 1, high: 249 },
  {
    field: 'maximumBatchingWindowInSeconds',
    of: 'value',
    values: (r) => [r.MaximumBatchingWindowInSeconds],
    low: 0,
    high: 300,
  },
  { field: 'functionResponseTypes', of: 'length', values: (r) => [r.FunctionResponseTypes], low: 0, high: 1 },
  { field: 'destination', of: 'length', values: (r) => [destinationOf(r)], low: 0, high: 350 },
  { field: 'filters', of: 'length', values: (r) => [r.FilterCriteria?.Filters], low: 0, high: 10 },
  {
    field: 'pattern',
    of: 'length',
    values: (r) => (r.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
    low: 0,
    high: 4096,
  },
  {
    field: 'kafkaBootstrapServers',
    of: 'length',
    values: (r) => [bootstrapServersOf(r)],
    low: 1,
    high: 10,
  },
  { field: 'endpoint', of: 'length', values: (r) => bootstrapServersOf(r) ?? [], low: 1, high: 300 },
  {
    field: 'sourceAccessConfigurations',
    of: 'length',
    values: (r) => [r.SourceAccessConfigurations],
    low: 0,
    high: 22,
  },
];

const CHOICES: readonly {
  readonly field: string;
  readonly values: (request: MappingRequest) => readonly (string | undefined)[];
  readonly allowed: readonly string[];
}[] = [
  {
    field: 'startingPosition',
    values: (r) => [r.StartingPosition],
    allowed: ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'],
  },
  {
    field: 'functionResponseTypes',
    values: (r) => r.FunctionResponseTypes ?? [],
    allowed: ['ReportBatchItemFailures'],
  },
  {
    field: 'metrics',
    values: (r) => r.MetricsConfig?.Metrics ?? [],
    allowed: ['EventCount', 'ErrorCount', 'KafkaMetrics'],
  },
  {
    field: 'systemLogLevel',
    values: (r) => [r.LoggingConfig?.SystemLogLevel],
    allowed: ['DEBUG', 'INFO', 'WARN'],
  },
];

const TOPIC = /^[^.]([a-zA-Z0-9\-_.]+)$/;

export const RANGE_CHECKS: readonly RefusalCheck[] = [
  ...RANGES.map(
    (range): RefusalCheck =>
      (request) =>
        checkRange(range, request),
  ),
  ...CHOICES.map(
    ({ field, values, allowed }): RefusalCheck =>
      (request) => {
        const wrong = values(request).find((value) => value !== undefined && !allowed.includes(value));
        return (
          wrong !== undefined && constraint(wrong, field, `satisfy enum value set: [${allowed.join(', ')}]`)
        );
      },
  ),
  ({ Topics }) => {
    const wrong = (Topics ?? []).find((topic) => !TOPIC.test(topic));
    return (
      wrong !== undefined &&
      constraint(wrong, 'topics', `satisfy regular expression pattern: ${TOPIC.source}`)
    );
  },
];

function checkRange({ field, of, values, low, high }: Range, request: MappingRequest): string | false {
  for (const value of values(request)) {
    if (value === undefined) continue;
    const size = typeof value === 'number' ? value : value.length;
    const shown = typeof value === 'object' ? `[${value.join(', ')}]` : value;
    if (size < low) return constraint(shown, field, `have ${of} greater than or equal to ${low}`);
    if (size > high) return constraint(shown, field, `have ${of} less than or equal to ${high}`);
    if (!Number.isInteger(size)) return constraint(shown, field, 'be a whole number');
  }
  return false;
}

function constraint(value: string | number, field: string, must: string): string {
  return `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must ${must}`;
}
