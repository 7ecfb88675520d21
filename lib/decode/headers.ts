import type { KafkaEventHeader } from '../event/kafka-event.ts';

const noHeaders: readonly KafkaEventHeader[] = [];

/**
 * The headers of a record: several values a name, in the order they were written. Nothing is decoded before it is asked for, and
 * nothing is shown in a log.
 * A header whose value is null arrives from AWS without its name, so it cannot be found here. // R26
 */
export class RecordHeaders {
  readonly #entries: readonly KafkaEventHeader[];

  constructor(entries: unknown) {
    this.#entries = Array.isArray(entries) ? entries : noHeaders;
  }

  /** The last value of that name, as Kafka's `lastHeader`; `undefined` when there is none. */
  bytes(name: string): Buffer | undefined {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const found = headerBytes(this.#entries[index], name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The last value of that name as UTF-8 text; `undefined` when there is none. */
  text(name: string): string | undefined {
    return this.bytes(name)?.toString();
  }

  /** Every value of that name, in order. */
  all(name: string): readonly Buffer[] {
    return this.#entries.map((entry) => headerBytes(entry, name)).filter((value) => value !== undefined);
  }

  *[Symbol.iterator](): IterableIterator<readonly [name: string, bytes: Buffer]> {
    for (const entry of this.#entries) {
      for (const name of Object.keys(entry ?? {})) {
        const value = headerBytes(entry, name);
        if (value !== undefined) yield [name, value];
      }
    }
  }
}

/** `Buffer.from` takes signed and unsigned bytes alike. `hasOwn`, so that a header may be called `__proto__`. // R25 */
function headerBytes(entry: KafkaEventHeader | undefined, name: string): Buffer | undefined {
  if (entry === undefined || entry === null || !Object.hasOwn(entry, name)) return undefined;
  const value = entry[name];
  return Array.isArray(value) ? Buffer.from(value) : undefined;
}
