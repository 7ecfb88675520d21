import { marshall } from '@aws-sdk/util-dynamodb';
import { type EffectWrite, operationOf } from '../../effects/effect-write.ts';
import type { CommitResult } from '../checkpoint-store.ts';
import type { DocumentClient } from './table.ts';

/**
 * What an error means that is not DynamoDB's: an effect may have a value that its client cannot write, such as NaN or an object of a class. It is looked for only
 * then, so that no other effect is marshalled twice. `undefined` when it is not that.
 */
export function readFault(
  effects: readonly EffectWrite[],
  { client, error }: { readonly client: DocumentClient; readonly error: unknown },
): CommitResult | undefined {
  const at = new Set([...effects.keys()].filter((place) => !isWritable(effects[place], client)));
  return at.size === 0 ? undefined : { kind: 'refused', at, error };
}

function isWritable(effect: EffectWrite | undefined, client: DocumentClient): boolean {
  const { Item, Key, ExpressionAttributeValues } = (effect && operationOf(effect)) ?? {};
  try {
    for (const value of [Item, Key, ExpressionAttributeValues].flatMap((part) => Object.values(part ?? {}))) {
      // An attribute that is undefined is left out by the client, whatever its options say.
      if (value !== undefined) marshall({ value }, client.config?.translateConfig?.marshallOptions);
    }
    return true;
  } catch {
    return false;
  }
}
