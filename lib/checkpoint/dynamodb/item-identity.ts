import { type EffectWrite, operationOf } from '../../effects/effect-write.ts';

/** The names of tables' key attributes: `{ Invoices: ['orderId', 'kind'] }`. */
export type TableKeys = Readonly<Record<string, readonly string[]>>;

/**
 * Tells which effects are on the same item. A Put has the whole item and does not say what of it is the key: that is known when it was given, or once
 * any other effect on the table has shown it.
 */
export function itemIdentity(given: TableKeys = {}): (effect: EffectWrite) => string | undefined {
  const known = new Map(Object.entries(given).map(([table, names]) => [table, [...names].sort()]));
  return (effect) => {
    const { TableName: table, Key: key } = operationOf(effect) ?? {};
    if (table === undefined) return undefined;
    if (key !== undefined && !known.has(table)) known.set(table, Object.keys(key).sort());
    const names = known.get(table);
    const attributes = key ?? effect.Put?.Item;
    if (names === undefined || attributes === undefined) return undefined;
    return [table, ...names.map((name) => formatKey(attributes[name]))].join('\n');
  };
}

function formatKey(value: unknown): string {
  if (ArrayBuffer.isView(value)) {
    return `b${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : `n${String(value)}`;
}
