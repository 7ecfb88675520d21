import type { Case } from '../measure/case.ts';
import { elapsed } from '../measure/elapsed.ts';
import { groups } from './cases.ts';

/** Nanoseconds for one decoding. */
export function openCase(
  name: string,
  { group, calls }: { readonly group: string; readonly calls: number },
): Case {
  const decode = groups[group]?.[name];
  if (decode === undefined) throw new Error(`there is no case ${name} in ${group}`);
  return {
    turn: async () => {
      const took = await elapsed(() => {
        for (let index = 0; index < calls; index += 1) decode();
      });
      return took / calls;
    },
    digest: () => textOf(decode()),
  };
}

/** The fields that all libraries agree on how to show, sorted: they differ in the order, in defaults and in how they show large numbers. */
function textOf(value: unknown): string {
  const { orderId } = value as { readonly orderId?: unknown };
  return String(orderId);
}
