export type { EffectWrite } from '../../effects/effect-write.ts';
export {
  type ConditionFailure,
  type Effects,
  type OnConditionFailed,
  type TransactOptions,
  transact,
} from '../../effects/transact.ts';
export { type DynamodbCheckpointOptions, dynamodbCheckpoint } from './dynamodb-checkpoint.ts';
