/**
 * What AWS does not document, or documents twice: each is a choice of ours that can be turned.
 * The table is the single definition; types, defaults, checks and help are read from it.
 */
import { LocalError } from '../local-error.ts';
import { nearestName } from './support/nearest-name.ts';

export interface BackOffRule {
  readonly initialMs: number;
  readonly factor: number;
  readonly maximumMs: number;
  /** Part of a delay that is left to chance, 0 to 1. */
  readonly jitter: number;
}

interface ChoiceKnob<T extends string> {
  readonly kind: 'choice';
  /** The default first. */
  readonly values: readonly [T, ...T[]];
  readonly rule: string;
  readonly doc: string;
}

interface TextKnob {
  readonly kind: 'text';
  readonly values: readonly [string];
  readonly rule: string;
  readonly doc: string;
}

function choice<const T extends string>(
  values: readonly [T, ...T[]],
  rule: string,
  doc: string,
): ChoiceKnob<T> {
  return { kind: 'choice', values, rule, doc };
}

function text(value: string, rule: string, doc: string): TextKnob {
  return { kind: 'text', values: [value], rule, doc };
}

export const KNOB_TABLE = {
  partialReading: choice(
    ['listed-only', 'from-lowest'],
    'R86e',
    'what comes again after a partial response: the listed records, or all from the lowest listed offset of a partition',
  ),
  thinRetry: choice(
    ['after-partial', 'always', 'never'],
    'R15, R16',
    'which retries carry `records` and no envelope',
  ),
  retryGrouping: choice(
    ['per-partition', 'merged'],
    'R86c',
    'whether the failed groups of one batch are retried each in an invocation of its own or together',
  ),
  counterOnProgress: choice(
    ['carry', 'reset'],
    'R89',
    'whether progress inside a partition starts its count of attempts anew',
  ),
  nullStyle: choice(['omit', 'null'], 'R21, R22', 'how a null key or value is written in the event'),
  noHeadersStyle: choice(
    ['empty-array', 'null', 'omit'],
    'R28',
    'how a record without headers is written in the event',
  ),
  headerBytes: choice(['signed', 'unsigned'], 'R25', 'how a header byte of 0x80 or more is written'),
  stringIdentifier: choice(
    ['reject', 'accept'],
    'R78',
    'whether an `itemIdentifier` such as "order-events-0-43" is understood',
  ),
  stringOffset: choice(['reject', 'accept'], 'R79', 'whether an offset such as "43" is understood'),
  legacyKey: choice(
    ['reject', 'accept'],
    'R80',
    'whether the older key `topic-partition` is understood in place of `partition`',
  ),
  malformedBody: choice(
    ['whole-batch', 'success'],
    'R83',
    'what an answer means that is no object, or whose batchItemFailures is no list',
  ),
  windowStart: choice(
    ['later-of-both', 'first-record', 'previous-done'],
    'R35',
    'when a batching window starts: with the first record, when the previous batch is done, or the later of both',
  ),
  mixPartitions: choice(['on', 'off'], 'R40', 'whether one event holds records of several partitions'),
  bisectCountsAsRetry: choice(['off', 'on'], 'R103', 'whether splitting a batch uses up an attempt'),
  bisectCut: choice(
    ['flattened', 'per-partition'],
    'R105',
    'where a batch of several partitions is cut: in the middle of its list, or in the middle of each partition',
  ),
  bisectOnInvalidResponse: choice(
    ['off', 'on'],
    'R107',
    'whether an answer that cannot be read splits the batch as an error does',
  ),
  dltCondition: choice(
    ['RetryAttemptsExhausted', 'RetriesExhausted'],
    'R120',
    'the condition in the record on a `kafka://` destination',
  ),
  dltKey: choice(['opaque', 'original'], 'R126', 'the key of the record on a `kafka://` destination'),
  dltBatchInfo: choice(
    ['recordInfo-if-one', 'recordsInfo'],
    'R125',
    'how the record on a `kafka://` destination names a single record',
  ),
  dltPayload: choice(
    ['full', 'thin'],
    'R127',
    'whether the payload of a discarded batch that was retried thin has its envelope',
  ),
  ageCondition: text('RecordAgeExceeded', 'R112', 'the condition of records that grew too old'),
  outOfRangeReset: choice(
    ['starting-position', 'earliest', 'latest'],
    'R56',
    'where reading goes on when the offset is not on the partition any more',
  ),
} as const;

type KnobTable = typeof KNOB_TABLE;

/** Every knob with its value, and the back-off between attempts (R96, assumed: AWS documents none). */
export type Knobs = {
  readonly [K in keyof KnobTable]: KnobTable[K]['values'][number];
} & { readonly backoff: BackOffRule };

export const DEFAULT_BACK_OFF: BackOffRule = { initialMs: 1000, factor: 2, maximumMs: 30_000, jitter: 0.2 };

export const DEFAULT_KNOBS: Knobs = readKnobs({});

/**
 * Knobs from a configuration file or flags; what is not given keeps its default.
 *
 * @throws LocalError for a knob that does not exist (names the nearest) or a value it does not take.
 */
export function readKnobs(given: Readonly<Record<string, unknown>>): Knobs {
  for (const name of Object.keys(given)) requireKnown(name);
  const chosen = Object.entries(KNOB_TABLE).map(([name, knob]) => [name, readKnob(name, knob, given[name])]);
  // The table's own types say what each entry holds; Object.fromEntries cannot.
  return { ...Object.fromEntries(chosen), backoff: readBackOff(given.backoff) } as Knobs;
}

function requireKnown(name: string): void {
  const names = [...Object.keys(KNOB_TABLE), 'backoff'];
  if (names.includes(name)) return;
  throw new LocalError(
    `there is no knob "${name}"; did you mean "${nearestName(name, names)}"? knobs: ${names.join(', ')}`,
  );
}

function readKnob(name: string, knob: KnobTable[keyof KnobTable], given: unknown): string {
  if (given === undefined) return knob.values[0];
  const allowed: readonly string[] = knob.values;
  if (typeof given === 'string' && given !== '' && (knob.kind === 'text' || allowed.includes(given)))
    return given;
  const wanted = knob.kind === 'text' ? 'a text' : allowed.join(' or ');
  throw new LocalError(`knob "${name}" must be ${wanted}, got ${JSON.stringify(given)}`);
}

function readBackOff(given: unknown): BackOffRule {
  if (given === undefined) return DEFAULT_BACK_OFF;
  const rule: BackOffRule = { ...DEFAULT_BACK_OFF, ...(typeof given === 'object' ? given : undefined) };
  const numbers = [rule.initialMs, rule.factor, rule.maximumMs, rule.jitter];
  const sound = numbers.every((n) => Number.isFinite(n) && n >= 0) && rule.factor >= 1 && rule.jitter <= 1;
  if (typeof given === 'object' && sound) return rule;
  throw new LocalError(
    `knob "backoff" must be { initialMs, factor, maximumMs, jitter } with factor from 1 and jitter from 0 to 1, got ${JSON.stringify(given)}`,
  );
}
