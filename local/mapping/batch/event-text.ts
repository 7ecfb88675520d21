/** Joins record texts to the event's JSON text. */
import type { MappingConfig } from '../mapping-config.ts';
import type { Slice } from '../work/work.ts';

/** Bytes of the closing `}}` after the records. */
const CLOSING = '}}';

export interface EnvelopeText {
  readonly full: string;
  readonly thin: string;
  /** UTF-8 bytes of the full envelope with its closing. */
  readonly bytes: number;
}

/**
 * R10, R11, documented: MSK sends its ARN, a self-managed cluster does not. R12: one string of `host:port` values.
 * R15, observed: a thin event has `records` and nothing else. R17: no event tells its attempt or mapping.
 */
export function buildEnvelope(source: MappingConfig['source'], bootstrapServers: string): EnvelopeText {
  const head =
    source.kind === 'msk'
      ? `{"eventSource":"aws:kafka","eventSourceArn":${JSON.stringify(source.arn)}`
      : '{"eventSource":"SelfManagedKafka"';
  const full = `${head},"bootstrapServers":${JSON.stringify(bootstrapServers)},"records":{`;
  return { full, thin: '{"records":{', bytes: Buffer.byteLength(full) + CLOSING.length };
}

/** Bytes a partition adds beside its records. The commas are those of the records: one behind each but the very last. */
export function sliceOverhead(key: string): number {
  return Buffer.byteLength(key) + '"":[]'.length;
}

/**
 * R13: keys are `<topic>-<partition>`, records of a partition in offset order.
 *
 * Records and partitions are both parted by commas, so one join makes the whole text: an event has megabytes, and every
 * further concatenation would copy them.
 */
export function buildEventText(opening: string, slices: readonly Slice[]): string {
  const texts: string[] = [];
  for (const { partition, records } of slices) {
    const first = texts.length;
    for (const record of records) texts.push(record.text);
    texts[first] = `${first === 0 ? opening : ''}${JSON.stringify(partition.key)}:[${texts[first]}`;
    texts[texts.length - 1] += ']';
  }
  texts[texts.length - 1] += CLOSING;
  return texts.join(',');
}
