import { Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { enforceIf } from '../rules/enforce-rule.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';
import { consumersOf } from './consumer-registry.ts';
import type { ProvisionedPollers } from './pollers.ts';

/** Pollers with every default filled in; `undefined` is on-demand mode. */
export interface PollerRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly group: string | undefined;
}

/** Lambda's own default for a topic whose partitions are not known. */
const defaultMaximum = 200;

export function pollerRange(scope: IConstruct, props: KafkaConsumerProps): PollerRange | undefined {
  const pollers = props.pollers ?? { mode: 'provisioned' };
  if (pollers.mode === 'on-demand') return undefined;
  // A number that is known at deploy only is not known here.
  const partitions = Token.isUnresolved(props.topic.partitions) ? undefined : props.topic.partitions;
  checkRange(scope, pollers, partitions);
  const { minimum = 1, group } = pollers;
  const maximum = pollers.maximum ?? Math.max(minimum, Math.min(partitions ?? defaultMaximum, 2000));
  checkConcurrency(scope, props.reservedConcurrentExecutions, maximum);
  const range = { minimum, maximum, group };
  checkGroupLimits(scope, range);
  return range;
}

function checkRange(scope: IConstruct, pollers: ProvisionedPollers, partitions: number | undefined): void {
  const { minimum = 1, maximum } = pollers;
  const most = Math.max(minimum, maximum ?? minimum);
  if (partitions === undefined) return;
  enforceIf(
    most > partitions,
    scope,
    'pollers-above-partitions',
    `${most} pollers for ${partitions} partitions`,
  );
}

/** A poller has up to 5 batches in flight; fewer than one each leaves pollers waiting for ever. */
function checkConcurrency(scope: IConstruct, reserved: number | undefined, maximum: number): void {
  if (reserved === undefined) return;
  const got = `${reserved} for ${maximum} pollers`;
  enforceIf(reserved < maximum, scope, 'concurrency-below-pollers', got);
}

function checkGroupLimits(scope: IConstruct, range: PollerRange): void {
  if (range.group === undefined) return;
  const others = consumersOf(scope).filter(
    ({ construct, pollers }) => pollers?.group === range.group && placeOf(construct) === placeOf(scope),
  );
  const sum = others.reduce((total, other) => total + (other.pollers?.maximum ?? 0), range.maximum);
  const got = `${others.length + 1} mappings with ${sum} pollers in '${range.group}'`;
  enforceIf(others.length >= 100 || sum > 2000, scope, 'poller-group-limits', got);
}

/** Where a group of pollers is: the same name in another stage, account or region is another group. */
function placeOf(scope: IConstruct): string {
  const { account, region } = Stack.of(scope);
  return [Stage.of(scope)?.node.path, account, region].join();
}
