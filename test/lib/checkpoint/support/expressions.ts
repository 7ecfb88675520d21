/** The few of DynamoDB's expressions that the checkpoint and its tests use. */

export type Item = Readonly<Record<string, unknown>>;

interface Expressions {
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

export function holds(item: Item | undefined, expressions: Expressions): boolean {
  const { ConditionExpression = '' } = expressions;
  if (ConditionExpression === '') return true;
  const [, name = ''] = /^attribute_not_exists\((\w+)\)$/.exec(ConditionExpression) ?? [];
  if (name !== '') return item?.[name] === undefined;
  const [, left = '', operator, right = ''] = /^(#?\w+) (=|>=) (:\w+)$/.exec(ConditionExpression) ?? [];
  if (operator === undefined) throw new Error(`the model cannot read the condition ${ConditionExpression}`);
  const value = item?.[expressions.ExpressionAttributeNames?.[left] ?? left];
  const other = expressions.ExpressionAttributeValues?.[right];
  return operator === '=' ? value === other : Number(value) >= Number(other);
}

export function updated(
  item: Item,
  { UpdateExpression = '', ExpressionAttributeValues = {} }: Expressions,
): Item {
  const [, added = '', by = ''] = /^ADD (\w+) (:\w+)$/.exec(UpdateExpression) ?? [];
  if (added === '') throw new Error(`the model cannot read the update ${UpdateExpression}`);
  return { ...item, [added]: Number(item[added] ?? 0) + Number(ExpressionAttributeValues[by]) };
}
