import { LocalError } from '../../local-error.ts';
import type { RecordSource } from '../../source/record-source.ts';

/**
 * A Kafka that is looked at while others work with it: nothing is written to it and no topic is made. What a mapping
 * would write, the discarded batches for a `kafka://` destination, is told instead.
 */
export function readOnlySource(source: RecordSource, note: (line: string) => void): RecordSource {
  return {
    ...source,
    createTopic: async (topic) => {
      throw new LocalError(`topic ${topic} is not created: ${howToWrite}`);
    },
    produce: async (topic, records) => {
      note(
        `read-only: not written to topic ${topic}: ${records.length} ${records.length === 1 ? 'record' : 'records'}`,
      );
      return records.map(() => ({ partition: -1, offset: -1 }));
    },
  };
}

export const howToWrite = 'this run only reads the Kafka; add --commit to commit and write there';
