import type { Attributes, Meter } from '@opentelemetry/api';
import type { ConsumerRecord } from '../../decode/consumer-record.ts';
import { countOutcomes, type Outcome, type OutcomeCounts } from '../count-outcomes.ts';
import type { BatchEnd, Observer } from '../observer.ts';
import { batchMetrics } from '../runtime-metrics.ts';
import { type ConsumerIdentity, topicAttributes } from './attributes.ts';

const outcomes: readonly Outcome[] = ['done', 'parked', 'skipped', 'failed', 'timedOut'];

interface Instruments {
  readonly countRecords: (counts: OutcomeCounts) => void;
  readonly recordBatch: (batch: BatchEnd) => void;
}

export interface MeasureOptions extends ConsumerIdentity {
  readonly metricsBy: 'topic' | 'partition';
  readonly now: () => number;
}

/** Counts by topic and outcome, and what concerns the whole batch, once for each batch. */
export function measureBatches(meter: Meter, options: MeasureOptions): Observer {
  const counter = countOutcomes(options.metricsBy);
  const { countRecords, recordBatch } = instruments(meter, options);
  return {
    ...counter.observer,
    batchEnded: (batch) => {
      counter.take().forEach(countRecords);
      recordBatch(batch);
    },
  };
}

/** How long `handle` takes, by topic. */
export function measureDuration(meter: Meter, identity: ConsumerIdentity) {
  const duration = meter.createHistogram('messaging.process.duration', {
    unit: 's',
    description: 'Duration of handling one record.',
    advice: {
      explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    },
  });
  return ({ topic }: ConsumerRecord, seconds: number, errorType: string | undefined): void => {
    const attributes = topicAttributes(topic, identity);
    duration.record(
      seconds,
      errorType === undefined ? attributes : { ...attributes, 'error.type': errorType },
    );
  };
}

function instruments(meter: Meter, { group, now }: MeasureOptions): Instruments {
  const records = meter.createCounter('lanewise.records', {
    unit: '{record}',
    description: 'Records by what became of them.',
  });
  const decodeErrors = meter.createCounter('lanewise.decode_errors', { unit: '{record}' });
  const unfinished = meter.createCounter('lanewise.records.unfinished', { unit: '{record}' });
  const size = meter.createHistogram('lanewise.batch.size', { unit: '{record}' });
  const age = meter.createHistogram('lanewise.batch.oldest_record_age', { unit: 's' });
  const unresolved = meter.createHistogram('lanewise.batch.oldest_unresolved_age', { unit: 's' });
  const left = meter.createHistogram('lanewise.batch.time_budget_left', { unit: 's' });
  const ofGroup: Attributes = group === undefined ? {} : { 'messaging.consumer.group.name': group };
  return {
    countRecords: (counts) => {
      const attributes = attributesOf(counts, { group });
      for (const outcome of outcomes) {
        if (counts[outcome] > 0) records.add(counts[outcome], { ...attributes, 'lanewise.outcome': outcome });
      }
      if (counts.decodeErrors > 0) decodeErrors.add(counts.decodeErrors, attributes);
    },
    recordBatch: (batch) => {
      const values = batchMetrics(batch, { decodeErrors: 0, now: now() });
      size.record(batch.records, ofGroup);
      left.record(batch.remaining / 1_000, ofGroup);
      if (batch.unfinished > 0) unfinished.add(batch.unfinished, ofGroup);
      if (values.OldestRecordAge !== undefined) age.record(values.OldestRecordAge / 1_000, ofGroup);
      if (values.OldestUnresolvedAge !== undefined) {
        unresolved.record(values.OldestUnresolvedAge / 1_000, ofGroup);
      }
    },
  };
}

function attributesOf({ topic, partition }: OutcomeCounts, identity: ConsumerIdentity): Attributes {
  const attributes = topicAttributes(topic, identity);
  return partition === undefined
    ? attributes
    : { ...attributes, 'messaging.destination.partition.id': String(partition) };
}
