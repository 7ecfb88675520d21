/** JSON whose numbers keep the form they were written in: 300 and 3.0e2 are different to a filter (R134, documented). */

/** A number as written; JSON itself has no object with a symbol. */
export interface WrittenNumber {
  readonly [WRITTEN]: string;
  readonly value: number;
}

const WRITTEN = Symbol('written');

/** `undefined` when the text is no JSON. */
export function parseWritten(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text, keepWritten) };
  } catch {
    return undefined;
  }
}

export function writtenNumber(value: number, written = String(value)): WrittenNumber {
  return { [WRITTEN]: written, value };
}

export function isWrittenNumber(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && WRITTEN in value;
}

export function writtenForm(number: WrittenNumber): string {
  return number[WRITTEN];
}

function keepWritten(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? writtenNumber(value, context?.source) : value;
}
