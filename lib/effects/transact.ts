import type { ConditionReason } from '../checkpoint/checkpoint-store.ts';
import { LanewiseError } from '../errors/lanewise-error.ts';
import { type EffectWrite, effectKinds, operationOf } from './effect-write.ts';
import { effectsBrand } from './effects-brand.ts';

/** What is to be written for a record, together with the note that it is done. Made by `transact`. */
export interface Effects {
  readonly [effectsBrand]: true;
  readonly writes: readonly EffectWrite[];
  readonly onConditionFailed: OnConditionFailed | undefined;
}

/** Which conditions did not hold. */
export interface ConditionFailure {
  /** Places in the list that was given to `transact`, rising. */
  readonly failed: ReadonlySet<number>;
  /** By the same places. */
  readonly reasons: ReadonlyMap<number, ConditionReason>;
  /** 1 for the first time that a condition of this record failed in this invocation. */
  readonly round: number;
}

/**
 * Decides about a record whose conditions do not hold: other effects, nothing (the record is done without any), or an error like
 * one of `handle`. Nothing of the record has been written when it is called.
 */
export type OnConditionFailed = (
  failure: ConditionFailure,
) => Effects | undefined | Promise<Effects | undefined>;

export interface TransactOptions {
  /** @default the record fails with CONDITION_FAILED, and comes again */
  readonly onConditionFailed?: OnConditionFailed;
}

/**
 * What `handle` returns for its writes to be applied exactly once: they are written in one transaction with the checkpoint, which
 * says that the record is done. At most 99 of them, and no item twice.
 *
 * @example
 * handle: ({ value }) => transact([{ Update: { TableName: 'Stock', Key: { sku: value.sku }, … } }])
 *
 * @throws LanewiseError INVALID_EFFECTS
 */
export function transact(writes: readonly EffectWrite[], options: TransactOptions = {}): Effects {
  if (!Array.isArray(writes)) throw invalid(`its first argument is ${describe(writes)}, expected a list`);
  writes.forEach(check);
  const { onConditionFailed } = options;
  if (onConditionFailed !== undefined && typeof onConditionFailed !== 'function') {
    throw invalid(`onConditionFailed is ${describe(onConditionFailed)}, expected a function`);
  }
  return { [effectsBrand]: true, writes, onConditionFailed };
}

export function isEffects(result: unknown): result is Effects {
  return typeof result === 'object' && result !== null && effectsBrand in result;
}

function check(effect: unknown, index: number): void {
  const kinds =
    typeof effect === 'object' && effect !== null ? effectKinds.filter((kind) => kind in effect) : [];
  if (kinds.length !== 1) {
    const got = kinds.length === 0 ? describe(effect) : kinds.join(' and ');
    throw invalid(`entry ${index} has ${got}, expected exactly one of ${effectKinds.join(', ')}`);
  }
  if (!operationOf(effect as EffectWrite)?.TableName) throw invalid(`entry ${index} has no TableName`);
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}

function invalid(what: string): LanewiseError {
  return new LanewiseError('INVALID_EFFECTS', `transact cannot be called like this: ${what}`);
}
