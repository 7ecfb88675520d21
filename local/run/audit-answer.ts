import type { KafkaEvent } from '../../lib/event/kafka-event.ts';
import { readIdentifier } from '../mapping/answer/read-identifier.ts';
import { DEFAULT_KNOBS, type Knobs } from '../mapping/knobs.ts';
import type { MappingConfig } from '../mapping/mapping-config.ts';

/** What a mapping makes of answers that say nothing of single records. */
export interface AnswerRules {
  readonly config?: Pick<MappingConfig, 'reportBatchItemFailures' | 'provisioned'> | undefined;
  readonly knobs?: Knobs | undefined;
}

interface Position {
  readonly partition: number;
  readonly offset: number;
}

/**
 * The records of an event that a function's answer stands for: all that it does not list as failed. None when the answer
 * cannot be read. A list of failures counts also where the mapping does not read it: then it passes over records that the
 * function has not done.
 */
export function answeredRecords(payload: string, answer: string, rules: AnswerRules): readonly Position[] {
  const { records } = JSON.parse(payload) as KafkaEvent;
  const sent = new Set(
    Object.entries(records).flatMap(([key, list]) => list.map(({ offset }) => `${key}@${offset}`)),
  );
  const failed = failedPositions(answer, sent, rules);
  if (!failed) return [];
  return Object.entries(records).flatMap(([key, list]) =>
    list.filter(({ offset }) => !failed.has(`${key}@${offset}`)),
  );
}

const none: ReadonlySet<string> = new Set();

function failedPositions(
  answer: string,
  sent: ReadonlySet<string>,
  { config, knobs = DEFAULT_KNOBS }: AnswerRules,
): ReadonlySet<string> | undefined {
  const isRead = config === undefined || (config.reportBatchItemFailures && config.provisioned !== undefined);
  const list = failuresOf(answer);
  if (list === undefined) return isRead && knobs.malformedBody !== 'success' ? undefined : none;
  const failed = list.map((item) => {
    const read = readIdentifier(item, knobs);
    return read.kind === 'position' ? `${read.partition}@${read.offset}` : '';
  });
  if (failed.every((position) => sent.has(position))) return new Set(failed);
  return isRead ? undefined : none;
}

/** `undefined` when the answer is none that AWS documents. */
function failuresOf(answer: string): readonly unknown[] | undefined {
  let body: unknown;
  try {
    body = answer === '' ? null : JSON.parse(answer);
  } catch {
    return undefined;
  }
  if (body === null || body === '') return [];
  if (typeof body !== 'object') return undefined;
  const list = Array.isArray(body)
    ? body
    : ((body as { batchItemFailures?: unknown }).batchItemFailures ?? []);
  return Array.isArray(list) && (list !== body || list.length === 0) ? list : undefined;
}
