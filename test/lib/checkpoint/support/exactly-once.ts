import type { TestRecord } from '../../../../lib/testing/index.ts';
import type { Item } from './expressions.ts';
import type { Ledger } from './shop-of-effects.ts';

/** How often the effects of each record were applied, what shared items should count, and what they do: all that differs. */
export function differences(
  records: readonly TestRecord[],
  {
    ledger,
    items,
    group,
  }: { readonly ledger: Ledger; readonly items: readonly Item[]; readonly group: string },
): readonly string[] {
  const applied = new Map(items.map((item) => [String(item.id), Number(item.applied)]));
  const expected = new Map<string, number>();
  const add = (id: string) => expected.set(`${group} ${id}`, (expected.get(`${group} ${id}`) ?? 0) + 1);
  const wrong = [...ledger.overcounted].map((position) => `${position} was told of attempts that were not`);
  for (const record of records) {
    const position = `${record.topic}-${record.partition}@${record.offset}`;
    const kind = String(record.value);
    const isParked = kind === 'broken' || kind === 'unwanted';
    if (isParked) {
      if (!ledger.parked.has(position)) wrong.push(`${position} was not parked`);
    } else if (!ledger.handled.has(position)) wrong.push(`${position} was not handled`);
    if (!isParked && kind !== 'nothing') add(position);
    if (kind === 'shared') add(`shared ${record.key}`);
    if (kind === 'once') expected.set(`${group} once ${record.key}`, 1);
  }
  for (const id of new Set([...expected.keys(), ...applied.keys()])) {
    const [is, should] = [applied.get(id) ?? 0, expected.get(id) ?? 0];
    if (is !== should) wrong.push(`${id} was applied ${is} times, not ${should}`);
  }
  return wrong;
}

/** Positions whose effects were written after those of a later record of the same topic-partition, or of the same key in it. */
export function overtaken(
  records: readonly TestRecord[],
  {
    items,
    group,
    byKey,
  }: { readonly items: readonly Item[]; readonly group: string; readonly byKey: boolean },
): readonly string[] {
  const place = new Map(items.map((item, index) => [String(item.id), index]));
  const reached = new Map<string, number>();
  return records.flatMap((record) => {
    const id = `${group} ${record.topic}-${record.partition}@${record.offset}`;
    const sequence = `${record.partition} ${byKey ? record.key : ''}`;
    const at = place.get(id);
    const before = reached.get(sequence) ?? -1;
    if (at === undefined) return [];
    reached.set(sequence, Math.max(before, at));
    return at < before ? [id] : [];
  });
}
