type Item = Readonly<Record<string, unknown>>;

interface Conditions {
  readonly TableName: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE' | undefined;
}

interface Keyed extends Conditions {
  readonly Key: Item | undefined;
}

/**
 * An entry of TransactWriteItems in the form of `@aws-sdk/lib-dynamodb`: attributes are plain values. Exactly one of the four.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItem.html
 */
export interface EffectWrite {
  readonly Put?: (Conditions & { readonly Item: Item | undefined }) | undefined;
  readonly Update?: (Keyed & { readonly UpdateExpression: string | undefined }) | undefined;
  readonly Delete?: Keyed | undefined;
  readonly ConditionCheck?: (Keyed & { readonly ConditionExpression: string | undefined }) | undefined;
}

export const effectKinds = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const;

/** The operation of an effect, whichever of the four it is. */
export function operationOf(
  effect: EffectWrite,
): (Conditions & { readonly Key?: Item | undefined; readonly Item?: Item | undefined }) | undefined {
  return effect.Put ?? effect.Update ?? effect.Delete ?? effect.ConditionCheck;
}
