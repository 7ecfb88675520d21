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

const orderings: readonly Ordering[] = ['partition', 'key', 'none'];

/** @throws LanewiseError INVALID_OPTION, when the function is initialized rather than at the first batch. */
export function settingsOf<Value, Key>(options: KafkaHandlerOptions<Value, Key>): Settings<Value, Key> {
  const { ordering = 'partition', concurrency = 10, deadlineMargin, park, observer } = options;
  if (!orderings.includes(ordering)) throw invalid('ordering', ordering, "'partition', 'key' or 'none'");
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw invalid('concurrency', concurrency, 'a whole number from 1');
  }
  if (deadlineMargin !== undefined && !(deadlineMargin > 0 && Number.isFinite(deadlineMargin))) {
    throw invalid('deadlineMargin', deadlineMargin, 'milliseconds above 0, or nothing');
  }
  for (const name of ['value', 'key'] as const) {
    const codec = options[name];
    if (name === 'value' || codec !== undefined) checkCodec(name, codec);
  }
  for (const name of ['handle', 'park', 'timer'] as const)
    checkFunction(name, options[name], name === 'handle');
  return {
    // Without a codec for keys, Key is its default, string.
    consumer: {
      codecs: { value: options.value, key: options.key ?? (text as unknown as Codec<Key>) },
      handle: options.handle,
      ordering,
      concurrency,
      park,
      observer,
    },
    deadlineMargin,
    partialResponse: options.partialResponse ?? true,
    timer: options.timer ?? systemTimer,
  };
}

function checkCodec(name: string, codec: Codec<unknown> | undefined): void {
  if (typeof codec?.decode === 'function') return;
  throw invalid(
    name,
    codec,
    'a codec: json(schema), json(), text, bytes, or { name, decode }; json is to be called',
  );
}

function checkFunction(name: string, value: unknown, required: boolean): void {
  if (typeof value === 'function' || (value === undefined && !required)) return;
  throw invalid(name, value, 'a function');
}

function invalid(option: string, got: unknown, allowed: string): LanewiseError {
  const shown = typeof got === 'string' ? `'${got}'` : typeof got === 'number' ? String(got) : typeof got;
  return new LanewiseError(
    'INVALID_OPTION',
    `the option ${option} of kafkaHandler is ${shown}, expected ${allowed}`,
  );
}
