import type { MappingConfig } from '../../local/mapping/mapping-config.ts';
import type { MappingLimits } from '../../local/mapping/mapping-state.ts';

/** A record by its place: `0@12` is offset 12 of partition 0. */
export type Place = string;

/** What a record has; everything that is left out has a default. */
export interface RecordData {
  readonly key?: string | null | { readonly bytes: readonly number[] };
  /** Text, the bytes of a text that is no UTF-8, so many bytes, or a tombstone. */
  readonly value?: string | null | { readonly bytes: readonly number[] } | { readonly size: number };
  readonly headers?: readonly (readonly [name: string, value: readonly number[] | string | null])[];
  /** How many milliseconds before the start it was written. */
  readonly age?: number;
}

/** The records of each partition: how many, or which. Offsets count from 0. */
export type TopicData = readonly (number | readonly RecordData[])[];

/** What the function does, and when: the first answer that fits is taken; without any it succeeds. */
export type Answer = {
  /** The first invocation, every one, or those whose event holds the record. */
  readonly on: 'first' | 'every' | Place;
  /** How often; without it always (once for `first`). */
  readonly times?: number;
} & AnswerKind;

export type AnswerKind =
  | { readonly reports: readonly Place[] }
  /** The JSON text of the answer. `TOPIC` stands for the topic's name. */
  | { readonly returns: string }
  | { readonly fails: 'thrown' | 'timeout' | 'exit' | 'out-of-memory' | 'response-too-large' }
  | { readonly notReached: 'throttled' | 'service' };

export type Step =
  | { readonly do: 'produce'; readonly topic: TopicData }
  | { readonly do: 'start'; readonly config?: Partial<MappingConfig> }
  /** Another process of the same mapping joins the group. */
  | { readonly do: 'join' }
  /** Until everything is read, resolved and committed. */
  | { readonly do: 'drain' }
  | { readonly do: 'pass'; readonly ms: number }
  /** Until so many deliveries have ended. */
  | { readonly do: 'until'; readonly deliveries: number }
  | { readonly do: 'crash' | 'stop' | 'disable' | 'enable' }
  | { readonly do: 'skip-offsets'; readonly partition: number; readonly count: number }
  | { readonly do: 'add-partitions'; readonly partitions: number }
  /** The topic's retention takes what is before the offset. */
  | { readonly do: 'truncate'; readonly partition: number; readonly before: number };

export interface DiscardData {
  /** `0: 12 14`; several partitions with ` | ` between. */
  readonly records: string;
  readonly condition?: string;
  readonly attempts?: number;
  /** `none` when the function was never invoked. */
  readonly functionError?: 'Unhandled' | null | 'none';
}

/** What must have happened. What is left out is not looked at. */
export interface Expectation {
  /**
   * `first 0: 10 11 | 1: 3`: what each event held, in order. The word says what it follows: nothing, a partial answer
   * (`reported`), or an error, a throttle or a split (`repeated`); from it and the knob follows whether it is thin.
   */
  readonly deliveries?: readonly string[];
  /** Milliseconds from the start, in virtual time. */
  readonly times?: readonly number[];
  /** Partition to each offset that was committed. */
  readonly commits?: Readonly<Record<number, readonly number[]>>;
  readonly discards?: readonly DiscardData[];
  readonly dropped?: readonly DiscardData[];
  /** Rules that the mapping's diagnostics name. */
  readonly diagnostics?: readonly string[];
  readonly counters?: Readonly<Record<string, number>>;
  /** Start of `LastProcessingResult`. */
  readonly result?: string;
  readonly state?: string;
  /** The first event without its records, whole, its keys in order. `BROKERS` stands for the addresses of the brokers. */
  readonly envelope?: Readonly<Record<string, unknown>>;
  /**
   * Fields of the records of the first event, in order. `NULL` is written as the knob nullStyle says, `ABSENT` is not
   * written, `TOPIC` stands for the topic's name and `AT_START` for the time of the start.
   */
  readonly sent?: readonly Readonly<Record<string, unknown>>[];
  /** The first discarded batch as a destination of this kind gets it: some fields, or all there are with `whole`. */
  readonly destination?: {
    readonly kind: 'kafka' | 's3' | 'metadata';
    readonly record: object;
    /** `UUID` stands for any. */
    readonly whole?: true;
  };
  /** Lines of the system log that are among those written. */
  readonly logged?: readonly Readonly<Record<string, unknown>>[];
  /** The types of all lines of the system log, in order. */
  readonly loggedTypes?: readonly string[];
  /** What CloudWatch would show, whole. */
  readonly published?: Readonly<Record<string, number>>;
  /** How many batches were in flight at once at most. */
  readonly atOnce?: number;
}

export const NULL = '<null>';
export const ABSENT = '<absent>';
export const TOPIC = '<topic>';
export const AT_START = '<at start>';
export const BROKERS = '<brokers>';
export const UUID = '<uuid>';

export interface Scenario {
  /** `C10.W1` */
  readonly id: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly topic?: TopicData;
  readonly config?: Partial<MappingConfig>;
  readonly knobs?: Readonly<Record<string, unknown>>;
  readonly answers?: readonly Answer[];
  /** Calls that fail before the first that works. */
  readonly failing?: { readonly commits?: number; readonly deliveries?: number; readonly fetches?: number };
  /** What the schema registry says of records; it has nothing against the others. */
  readonly schema?: Readonly<Record<Place, SchemaData>>;
  readonly limits?: Partial<MappingLimits>;
  /** Milliseconds of virtual time that an invocation takes. @default 10 */
  readonly duration?: number;
  /** @default produce the topic, start, drain */
  readonly steps?: readonly Step[];
  readonly expect: Expectation;
  /** What differs between the two readings of a partial answer. */
  readonly listedOnly?: Expectation;
  readonly fromLowest?: Expectation;
  /** Whether it is played under every partialReading, thinRetry and nullStyle. */
  readonly strict?: boolean;
  /** Why it is not played on Apache Kafka; without a reason it is. */
  readonly notOnKafka?: string;
}

export type SchemaData =
  | 'SCHEMA_NOT_FOUND'
  | 'DESERIALIZATION_ERROR'
  /** The registry is down for its first look. */
  | 'unavailable-once'
  | { readonly value: string; readonly schemaId: string }
  | { readonly key: string; readonly schemaId: string };

export const VIRTUAL_TIME = 'it is about time itself, which only the embedded source lets pass at will';
export const EMBEDDED_TOPIC = 'it changes the topic in a way that a Kafka broker does not offer at will';
export const SAME_CORE = 'it depends on nothing that a source could do differently';
