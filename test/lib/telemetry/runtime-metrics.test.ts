import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runtimeMetrics as charted } from '../../../cdk/constructs/monitoring/mapping-metrics.ts';
import { batchMetrics, runtimeMetrics } from '../../../lib/telemetry/index.ts';
import { projectRoot } from '../../support/source-files.ts';

const batch = {
  awsRequestId: 'r',
  lanes: 1,
  records: 5,
  done: 1,
  parked: 1,
  skipped: 1,
  failed: 1,
  unfinished: 1,
  oldest: 1_000,
  oldestUnresolved: 2_000,
  remaining: 700,
};

describe('the metrics of the runtime', () => {
  test('are the ones that dashboards and alarms look for', () => {
    expect(Object.keys(runtimeMetrics).toSorted()).toEqual(Object.keys(charted).toSorted());
  });

  test('are all in docs/telemetry.md', () => {
    const text = readFileSync(join(projectRoot, 'docs/telemetry.md'), 'utf8');
    expect(Object.keys(runtimeMetrics).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  test('tell ages from the moment at which the batch ended', () => {
    expect(batchMetrics(batch, { decodeErrors: 2, now: 10_000 })).toEqual({
      RecordsDone: 1,
      RecordsParked: 1,
      RecordsSkipped: 1,
      RecordsFailed: 1,
      RecordsUnfinished: 1,
      DecodeErrors: 2,
      BatchSize: 5,
      OldestRecordAge: 9_000,
      OldestUnresolvedAge: 8_000,
      TimeBudgetLeft: 700,
    });
  });

  test('have no age for records without a time, and none below zero for a producer whose clock is ahead', () => {
    const odd = { ...batch, oldest: -1, oldestUnresolved: 20_000 };
    expect(batchMetrics(odd, { decodeErrors: 0, now: 10_000 })).toMatchObject({
      OldestRecordAge: undefined,
      OldestUnresolvedAge: 0,
    });
  });
});
