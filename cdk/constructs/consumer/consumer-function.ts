import { Duration, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Alias, type IFunction, Function as LambdaFunction, Version } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { leanFunction } from '../function/lean-function.ts';
import { enforceIf, RuleError } from '../rules/enforce-rule.ts';
import type { ConsumerFunctionProps } from './consumer-props.ts';
import { consumersOf } from './consumer-registry.ts';
import { takesPolicies } from './takes-policies.ts';

/** Lambda's bound for functions behind a Kafka mapping, in seconds. */
const longestTimeout = 840;

/** Settings that shape a function of the construct's own. */
const entryOnly = [
  'timeout',
  'memorySize',
  'environment',
  'logRetention',
  'reservedConcurrentExecutions',
  'tracing',
  'bundling',
] as const satisfies readonly (keyof ConsumerFunctionProps)[];

/** The function of a consumer: one that is given, or one made from `entry`. */
export function consumerFunction(scope: Construct, props: ConsumerFunctionProps): IFunction {
  if (props.function) return givenFunction(scope, props.function, props);
  const { entry, timeout = Duration.seconds(60), memorySize = 256, ...rest } = props;
  if (entry === undefined) throw new RuleError(scope, 'function-or-entry', 'neither');
  checkTimeout(scope, timeout);
  return leanFunction(scope, 'Function', { ...pickFunctionProps(rest), entry, timeout, memorySize });
}

/** The role that polls: the function's own. Refuses one that takes no rights, or none that is known. */
export function pollingRole(scope: Construct, consumer: IFunction): IRole {
  const { role } = consumer;
  if (!role) throw new RuleError(scope, 'function-role-immutable', 'a function without a known role');
  enforceIf(
    !takesPolicies(scope, role),
    scope,
    'function-role-immutable',
    `the role of ${consumer.node.path}`,
  );
  return role;
}

function givenFunction(scope: Construct, given: IFunction, props: ConsumerFunctionProps): IFunction {
  enforceIf(props.entry !== undefined, scope, 'function-or-entry', 'both');
  const foreign = entryOnly.filter((name) => props[name] !== undefined);
  enforceIf(foreign.length > 0, scope, 'function-or-entry', `function with ${foreign.join(', ')}`);
  const { timeout } = functionBehind(given) ?? {};
  if (timeout) checkTimeout(scope, timeout);
  const sharing = consumersOf(scope).find((other) => other.function === given);
  enforceIf(
    sharing !== undefined,
    scope,
    'function-shared',
    `${given.node.path}, which is the function of ${sharing?.construct.node.path}`,
  );
  return given;
}

/** The function that an alias or a version leads to; `undefined` for one that was imported. */
export function functionBehind(given: IFunction): LambdaFunction | undefined {
  if (given instanceof LambdaFunction) return given;
  if (given instanceof Alias) return functionBehind(given.version.lambda);
  return given instanceof Version ? functionBehind(given.lambda) : undefined;
}

function checkTimeout(scope: Construct, timeout: Duration): void {
  if (Token.isUnresolved(timeout) || timeout.isUnresolved()) return;
  const seconds = timeout.toSeconds();
  enforceIf(seconds > longestTimeout, scope, 'function-timeout', `${seconds} seconds`);
}

function pickFunctionProps(props: ConsumerFunctionProps) {
  const { environment, logRetention, reservedConcurrentExecutions, tracing, bundling } = props;
  return {
    ...(environment && { environment }),
    ...(logRetention && { logRetention }),
    ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
    ...(tracing && { tracing }),
    ...(bundling && { bundling }),
  };
}
