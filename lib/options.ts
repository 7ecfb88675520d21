import { type Codec, text } from './decode/codec.ts';
import { LanewiseError } from './errors/lanewise-error.ts';
import type { Consumer, Handle } from './lanes/run.ts';
import type { Ordering } from './lanes/sequence.ts';
import { systemTimer, type Timer } from './lanes/time-budget.ts';
import type { Park } from './park/park.ts';
import type { Observer } from './telemetry/observer.ts';

/** What a consumer is. */
export interface KafkaHandlerOptions<Value, Key = string> {
  /** How values are decoded: `json(schema)`, `json()`, `text`, `bytes` or a codec of your own. */
  readonly value: Codec<Value>;
  /** How keys are decoded. @default text */
  readonly key?: Codec<Key>;
  /**
   * What must not overtake what. `partition`: a topic-partition's records run one after another, and stop at the first failure. `key`: the same for
   * each key of a topic-partition. `none`: every record is attempted. @default 'partition'
   */
  readonly ordering?: Ordering;
  /**
   * How many calls of `handle` run at once inside one invocation, over all its lanes: at least 1. In `partition` at most one for each topic-partition, in `key` at
   * most one for each key. @default 10
   */
  readonly concurrency?: number;
  /** Where records go that can never succeed; without it they fail like any other. */
  readonly park?: Park;
  readonly observer?: Observer;
  /**
   * Milliseconds before the function's timeout at which no record is started any more. Half of it is left to those that run, the
   * other half to the answer. @default a tenth of the time left at the start, from 500 ms to 10 s, at most half of it
   */
  readonly deadlineMargin?: number;
  /**
   * Whether the event source mapping has ReportBatchItemFailures. With `false` the invocation throws when a record failed, because
   * Lambda would take any answer for success; the whole batch then comes again. @default true
   */
  readonly partialResponse?: boolean;
  /** What calls back at the deadline: for tests and simulations with a clock of their own. @default setTimeout */
  readonly timer?: Timer;
  /**
   * The work for one record: a tombstone comes with `value: null`. A record is done when it returns, or when its promise resolves. A record
   * may come more than once; `String(record)` identifies it.
   */
  readonly handle: Handle<Value, Key>;
}

export interface Settings<Value, Key> {
  readonly consumer: Consumer<Value, Key>;
  readonly deadlineMargin: number | undefined;
  readonly partialResponse: boolean;
  readonly timer: Timer;
}

/** @throws LanewiseError INVALID_OPTION, when the function is initialized rather than at the first batch. */
export function settingsOf<Value, Key>(options: KafkaHandlerOptions<Value, Key>): Settings<Value, Key> {
  const { ordering = 'partition', concurrency = 10, deadlineMargin, handle, park, observer } = options;
  const { partialResponse = true, timer = systemTimer, value } = options;
  // Without a codec for keys, Key is its default, string.
  const key = options.key ?? (text as unknown as Codec<Key>);
  check(
    'ordering',
    ordering,
    ['partition', 'key', 'none'].includes(ordering),
    "'partition', 'key' or 'none'",
  );
  check(
    'concurrency',
    concurrency,
    Number.isInteger(concurrency) && concurrency > 0,
    'a whole number from 1',
  );
  check(
    'deadlineMargin',
    deadlineMargin,
    deadlineMargin === undefined || deadlineMargin > 0,
    'milliseconds above 0',
  );
  check('value', value, isCodec(value), codecs);
  check('key', key, isCodec(key), codecs);
  check('handle', handle, isFunction(handle), 'a function');
  check('park', park, park === undefined || isFunction(park), 'a function');
  const consumer = { codecs: { value, key }, handle, ordering, concurrency, park, observer };
  return { consumer, deadlineMargin, partialResponse, timer };
}

const codecs = 'json(schema), json(), text, bytes or { name, decode }';

function isCodec(codec: Codec<unknown> | undefined): boolean {
  return isFunction(codec?.decode);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function check(name: string, got: unknown, allowed: boolean, expected: string): void {
  if (allowed) return;
  const shown = typeof got === 'string' || typeof got === 'number' ? got : typeof got;
  throw new LanewiseError('INVALID_OPTION', `the option ${name} is ${shown}, expected ${expected}`);
}
