import { DecodeError } from '../errors/decode-error.ts';
import { errorName } from '../errors/error-name.ts';
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
  const permanent = isPermanent(error);
  const known = error instanceof LanewiseError ? error : undefined;
  // A `PermanentError` is thrown by `handle`, with a text of its author.
  const ours = known instanceof DecodeError || !permanent ? known : undefined;
  return {
    ...recordTime(record),
    code: known?.code ?? 'HANDLE_FAILED',
    name: errorName(error),
    message: ours?.message,
    where: ours ? undefined : firstFrame(error),
    permanent,
  };
}

/** The stack begins with the message, which may have lines that look like frames: they are cut off first. */
function firstFrame(error: unknown): string | undefined {
  try {
    const { stack, message } = error as Required<Error>;
    const start = stack.indexOf(message);
    if (start < 0) return undefined;
    return /^\s*\n\s+(at .{1,200})/.exec(stack.slice(start + message.length))?.[1];
  } catch {
    // Not an error, or its stack is no text, or whoever formats stacks in this process has thrown.
    return undefined;
  }
}
