import type { KafkaEventHeader } from '../event/kafka-event.ts';

/**
 * The headers of a record: several values a name, in the order they were written. Nothing is decoded before it is asked for, and
 * nothing is shown in a log.
 * A header whose value is null arrives from AWS without its name, so it cannot be found here. // R26
 */
export class RecordHeaders {
  readonly #entries: readonly KafkaEventHeader[];

  constructor(entries: unknown) {
    this.#entries = Array.isArray(entries) ? entries : [];
  }

  /** The last value of that name, as Kafka's `lastHeader`; `undefined` when there is none. */
  bytes(name: string): Buffer | undefined {
    return this.all(name).at(-1);
  }

  /** The last value of that name as UTF-8 text; `undefined` when there is none. */
  text(name: string): string | undefined {
    return this.bytes(name)?.toString();
  }

  /** Every value of that name, in order. */
  all(name: string): readonly Buffer[] {
    return this.#entries.flatMap((entry) => headerBytes(entry, name) ?? []);
  }

  *[Symbol.iterator](): IterableIterator<readonly [name: string, bytes: Buffer]> {
    for (const entry of this.#entries) {
      for (const name of Object.keys(entry ?? {})) {
        const value = headerBytes(entry, name);
        if (value) yield [name, value];
      }
    }
  }
}

/** `Buffer.from` takes signed and unsigned bytes alike. What an object inherits is never a list, so a header may be called `__proto__`. // R25 */
function headerBytes(entry: KafkaEventHeader | null | undefined, name: string): Buffer | undefined {
  const value = entry?.[name];
  return Array.isArray(value) ? Buffer.from(value) : undefined;
}
