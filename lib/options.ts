import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { type Codec, text } from './decode/codec.ts';
import { checkOption, isFunction } from './errors/check-option.ts';
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
  /**
   * Remembers what is done, so that a record that comes again is not handled again, and writes the effects that `handle` returns:
   * `dynamodbCheckpoint(…)` of `lanewise/checkpoint/dynamodb`.
   */
  readonly checkpoint?: Checkpoint;
  readonly observer?: Observer;
  /**
   * Milliseconds before the function's timeout at which no record is started any more. Half of it is left to those that run, the
   * other half to the answer. @default a tenth of the time left at the start, from 500 ms to 10 s, at most half of it
   */
  readonly deadlineMargin?: number;
  /**
   * What the event source mapping reads. `partial`: it has ReportBatchItemFailures. `whole-batch`: it does not, and takes any answer for success; every lane runs on
   * as it would, and when a record is not done the invocation throws, so that the whole batch comes again. A checkpoint then keeps what
   * is done from being done again. @default 'partial'
   */
  readonly response?: 'partial' | 'whole-batch';
  /** What calls back at the deadline: for tests and simulations with a clock of their own. @default setTimeout */
  readonly timer?: Timer;
  /**
   * The work for one record: a tombstone comes with `value: null`. A record is done when it returns, or when its promise resolves. A record
   * may come more than once; `String(record)` identifies it.
   */
  readonly handle: Handle<Value, Key>;
}

export interface Settings<Value, Key> extends Consumer<Value, Key> {
  readonly deadlineMargin?: number;
  readonly checkpoint?: Checkpoint;
  readonly response: 'partial' | 'whole-batch';
  readonly timer: Timer;
}

/** @throws LanewiseError INVALID_OPTION, when the function is initialized rather than at the first batch. */
export function settingsOf<Value, Key>(options: KafkaHandlerOptions<Value, Key>): Settings<Value, Key> {
  const { checkpoint, deadlineMargin = 1, handle, park = handle, value } = options;
  const { concurrency = 10, ordering = 'partition', response = 'partial', timer = systemTimer } = options;
  // Without a codec for keys, Key is its default, string.
  const key = options.key ?? (text as unknown as Codec<Key>);
  checkChoice('ordering', ordering, ['partition', 'key', 'none']);
  checkChoice('response', response, ['partial', 'whole-batch']);
  checkOption(
    'concurrency',
    concurrency,
    Number.isInteger(concurrency) && concurrency > 0,
    'a whole number from 1',
  );
  checkOption('deadlineMargin', deadlineMargin, deadlineMargin > 0, 'milliseconds above 0');
  checkOption(
    'checkpoint',
    checkpoint,
    !checkpoint || isFunction(checkpoint.runLanes),
    'dynamodbCheckpoint()',
  );
  for (const [name, codec] of Object.entries({ value, key })) {
    checkOption(
      name,
      codec,
      isFunction(codec?.decode),
      'json(schema), json(), text, bytes or { name, decode }',
    );
  }
  checkOption('handle', handle, isFunction(handle), 'a function');
  checkOption('park', park, isFunction(park), 'a function');
  return { ...options, codecs: { value, key }, concurrency, ordering, response, timer };
}

function checkChoice(name: string, got: string, allowed: readonly string[]): void {
  checkOption(name, got, allowed.includes(got), allowed.join(' or '));
}
