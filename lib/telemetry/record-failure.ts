import { DecodeError } from '../errors/decode-error.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';
import { isPermanent } from '../errors/permanent-error.ts';
import type { RecordPosition } from '../event/topic-partition.ts';
import type { RecordFailure } from './observer.ts';

type Positioned = RecordPosition & { readonly timestamp: number };

/** Position and time alone: the record of the event itself has the payload. */
export function recordTime({ topic, partition, offset, timestamp }: Positioned): Positioned {
  return { topic, partition, offset, timestamp };
}

/** What an observer may know of a failure: all that is certain not to quote the record. */
export function recordFailure(record: Positioned, error: unknown): RecordFailure {
  return {
    ...recordTime(record),
    code: error instanceof LanewiseError ? error.code : 'HANDLE_FAILED',
    name: plainName(error),
    message: isOurs(error) ? error.message : undefined,
    where: error instanceof Error && !isOurs(error) ? firstFrame(error) : undefined,
    permanent: isPermanent(error),
  };
}

/** A `PermanentError` is thrown by `handle`, with a text of its author. */
function isOurs(error: unknown): error is LanewiseError {
  return error instanceof DecodeError || (error instanceof LanewiseError && !isPermanent(error));
}

function plainName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return /^[A-Za-z_$][\w.$]{0,79}$/.test(error.name) ? error.name : 'Error';
}

/** The stack begins with the message, which may have lines that look like frames: they are cut off first. */
function firstFrame(error: Error): string | undefined {
  const stack = error.stack ?? '';
  const start = stack.indexOf(error.message);
  if (start === -1) return undefined;
  const frame = /^\s*\n\s+(at .{1,200})/.exec(stack.slice(start + error.message.length));
  return frame?.[1];
}
