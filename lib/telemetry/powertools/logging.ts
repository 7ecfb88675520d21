import { formatPosition } from '../../event/topic-partition.ts';
import type { BatchEnd, Observer, RecordFailure } from '../observer.ts';
import type { PowertoolsLogger } from './powertools-types.ts';

/** Codes that a batch's line names at most; a consumer may make up as many of its own as it likes. */
const namedCodes = 20;

/** What a batch has logged so far. */
interface Progress {
  readonly codes: Map<string, number>;
  lines: number;
}

/** A line for each failure up to a bound, and one for each batch that counts them all. */
export function logging(logger: PowertoolsLogger, failureLines: number): Observer {
  let progress: Progress = { codes: new Map(), lines: 0 };
  const logFailure = (text: string, failure: RecordFailure) => {
    const { codes } = progress;
    if (codes.size < namedCodes || codes.has(failure.code)) {
      codes.set(failure.code, (codes.get(failure.code) ?? 0) + 1);
    }
    if (progress.lines++ < failureLines) logger.warn(text, describe(failure));
  };
  return {
    batchStarted: ({ awsRequestId }) => {
      progress = { codes: new Map(), lines: 0 };
      logger.appendKeys({ awsRequestId });
    },
    recordFailed: (failure) => logFailure('a record failed and comes again', failure),
    recordParked: (failure) => logFailure('a record is parked', failure),
    recordTimedOut: (record) => {
      if (progress.lines++ >= failureLines) return;
      const position = formatPosition(record);
      logger.warn('a record was not done in time and comes again', { position });
    },
    batchEnded: (batch) => logger.info('a batch has ended', summary(batch, progress, failureLines)),
  };
}

function describe(failure: RecordFailure): Record<string, unknown> {
  const { code, name, message, where, permanent } = failure;
  return { position: formatPosition(failure), code, errorName: name, reason: message, where, permanent };
}

function summary(batch: BatchEnd, { codes, lines }: Progress, limit: number): Record<string, unknown> {
  const { records, lanes, done, parked, skipped, failed, unfinished } = batch;
  return {
    records,
    lanes,
    done,
    parked,
    skipped,
    failed,
    unfinished,
    ...(codes.size > 0 && { codes: Object.fromEntries(codes) }),
    ...(lines > limit && { linesLeftOut: lines - limit }),
  };
}
