import { LanewiseError } from '../errors/lanewise-error.ts';
import type { Park } from './park.ts';
import {
  type ParkedDocument,
  type ParkedLocation,
  type ParkedReference,
  parkedDocument,
  parkedJson,
  referenceTo,
} from './parked-document.ts';

/** Puts a whole document away and says where: for what is too large elsewhere. Such as `s3Store(…)`. */
export type ParkedStore = (document: ParkedDocument) => Promise<ParkedLocation>;

/** What all sinks have in common. */
export interface ParkOptions {
  /** The consumer group, told with each parked record. @default `process.env.KAFKA_CONSUMER_GROUP` */
  readonly group?: string | undefined;
  /** Epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

export interface OverflowOptions {
  /** Where a record goes that is too large here; a reference is parked in its place. Without it such a record fails. */
  readonly overflow?: ParkedStore;
}

/** Somewhere to park: what fits, and how it is written. */
export interface ParkSink {
  /** The option's name, for errors of configuration: `sqsPark`. */
  readonly name: string;
  /** For errors: `SQS`. */
  readonly service: string;
  /** Bytes that it takes at most. */
  readonly largest: number;
  /** Bytes that a document takes there. */
  readonly sizeOf: (document: ParkedDocument, json: string) => number;
  readonly write: (document: ParkedDocument | ParkedReference, json: string) => Promise<unknown>;
}

/** Makes a `Park` of a sink: the document is built, measured, and written, whole or by reference. */
export function parking(sink: ParkSink, options: ParkOptions & OverflowOptions): Park {
  const { now = Date.now, overflow } = options;
  const group = requiredText(sink.name, 'group', options.group ?? process.env.KAFKA_CONSUMER_GROUP);
  return async (record, error) => {
    const document = parkedDocument(record, error, { group, now: now() });
    const json = parkedJson(document);
    const size = sink.sizeOf(document, json);
    if (size <= sink.largest) {
      await sink.write(document, json);
      return;
    }
    if (overflow === undefined) {
      throw new LanewiseError(
        'PARK_FAILED',
        `the record takes ${size} bytes and ${sink.service} at most ${sink.largest}, so it fails instead of being parked at ${record}`,
      );
    }
    const reference = referenceTo(document, await overflow(document));
    await sink.write(reference, parkedJson(reference));
  };
}

const variables: Readonly<Record<string, string>> = {
  group: 'KAFKA_CONSUMER_GROUP',
  queueUrl: 'PARKING_QUEUE_URL',
};

/** @throws LanewiseError INVALID_OPTION */
export function requiredText(name: string, option: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  const variable = variables[option];
  const fix = variable === undefined ? '' : `; is the environment variable ${variable} set?`;
  throw new LanewiseError(
    'INVALID_OPTION',
    `the option ${option} of ${name} is ${value === '' ? 'empty' : 'missing'}, expected a text${fix}`,
  );
}
