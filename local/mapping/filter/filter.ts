/**
 * Filter criteria over a record's value (R132–R140).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
 */
import { type CompiledPattern, compilePattern } from './filter-pattern.ts';
import { parseWritten } from './written-json.ts';

/** R132, documented: filters are OR-ed. Absent when there are none. */
export function compileFilters(filters: readonly unknown[]): ((value: Buffer | null) => boolean) | undefined {
  if (filters.length === 0) return undefined;
  const patterns = filters.map(compilePattern);
  return (value) => {
    const data = readValue(value);
    return patterns.some((pattern) => passes(pattern, data));
  };
}

type FilterData =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'plain'; readonly value: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'not-text' };

/** R135, documented: on a mismatch of forms the filter is not applied, and the record passes. */
function passes(pattern: CompiledPattern, data: FilterData): boolean {
  switch (data.kind) {
    case 'not-text':
      return true;
    // R137, assumed: a tombstone matches only what asks for null or for nothing.
    case 'null':
      return pattern.matches(null);
    case 'json':
      return pattern.kind === 'plain' || pattern.matches(data.value);
    case 'plain':
      return pattern.kind === 'json' || pattern.matches(data.value);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readValue(value: Buffer | null): FilterData {
  if (value === null) return { kind: 'null' };
  let text: string;
  try {
    text = UTF8.decode(value);
  } catch {
    return { kind: 'not-text' };
  }
  const parsed = parseWritten(text);
  // Assumed: a number or a quoted text alone counts as a plain string, as a pattern for it is written as one.
  if (typeof parsed?.value === 'object' && parsed.value !== null)
    return { kind: 'json', value: parsed.value };
  return { kind: 'plain', value: text };
}
