import type { MappingConfig } from '../mapping/mapping-config.ts';
import type { MappingNotice, RecordRange } from '../mapping/mapping-output.ts';
import type { SetAsideRecord } from '../report/run-report.ts';

type GivenUp = Extract<MappingNotice, { readonly kind: 'discarded' | 'dropped' }>;

/** The records that a mapping gave up, one by one, with why. */
export function setAsideRecords(config: MappingConfig, notice: GivenUp): readonly SetAsideRecord[] {
  const reason = `${notice.condition} after ${notice.attempts} attempts${notice.reason ? `: ${notice.reason}` : ''}`;
  return notice.records.flatMap(({ partition, offsets }) =>
    offsets.map((offset) => ({
      consumer: config.consumer,
      partition,
      offset,
      position: `${config.topic}-${partition}@${offset}`,
      reason,
    })),
  );
}

/** One line for what a person should know while it runs; `undefined` for the ordinary. */
export function noticeLine(config: MappingConfig, notice: MappingNotice): string | undefined {
  switch (notice.kind) {
    case 'batch-ended':
      return notice.verdict === 'function-error' ||
        notice.verdict === 'throttled' ||
        notice.verdict === 'service'
        ? `${config.consumer}: batch ${notice.batch} comes again: ${notice.reason ?? notice.verdict}`
        : undefined;
    case 'diagnostic':
      return `${config.consumer}: ${notice.text} (${notice.rule})`;
    case 'problem':
      return `${config.consumer}: ${notice.message}`;
    case 'discarded':
      return `${config.consumer}: gave up ${positions(config, notice.records)}: ${notice.condition}`;
    case 'dropped':
      return `${config.consumer}: dropped ${positions(config, notice.records)}, delivered nowhere: ${notice.condition}`;
    // Our own diagnostics have their line above.
    case 'log':
      return notice.event.eventType === 'EMULATOR_DIAGNOSTIC' ? undefined : JSON.stringify(notice.event);
    default:
      return undefined;
  }
}

function positions(config: MappingConfig, records: readonly RecordRange[]): string {
  return records
    .map(({ partition, offsets }) => {
      const first = `${config.topic}-${partition}@${offsets[0]}`;
      return offsets.length > 1 ? `${first} to @${offsets.at(-1)} (${offsets.length} records)` : first;
    })
    .join(', ');
}
