import type { ProducedRecord } from '../../../../local/source/record-source.ts';

/** A record to write, with a text as its value. */
export function produced(value: string, fields: Partial<ProducedRecord> = {}): ProducedRecord {
  return { key: null, value: Buffer.from(value), ...fields };
}

/** The values of records, as text. */
export function texts(records: readonly { readonly value: Buffer | null }[]): readonly (string | null)[] {
  return records.map((record) => record.value?.toString() ?? null);
}
