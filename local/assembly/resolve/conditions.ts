import { isObject } from '../template/json.ts';
import type { Evaluation } from './evaluation.ts';

type Operator = (operands: readonly unknown[], at: Evaluation) => boolean;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Fn::Equals', (operands, at) => isEqual(at.value(operands[0]), at.value(operands[1]))],
  ['Fn::And', (operands, at) => operands.every((operand) => holds(operand, at))],
  ['Fn::Or', (operands, at) => operands.some((operand) => holds(operand, at))],
  ['Fn::Not', (operands, at) => !holds(operands[0], at)],
]);

/** A condition of the stack, by name. @throws LocalError when there is none of that name, or it needs itself. */
export function conditionHolds(name: string, at: Evaluation): boolean {
  const raw = at.stack.conditions[name];
  if (raw === undefined) return at.fail(`there is no condition ${name}`);
  const target = { stack: at.stack, owner: name, path: 'Conditions' };
  return at.enter(target, (inner) => holds(raw, inner));
}

function holds(raw: unknown, at: Evaluation): boolean {
  if (!isObject(raw)) return at.fail('a condition must be an object');
  const [name = '', argument] = Object.entries(raw)[0] ?? [];
  if (name === 'Condition' && typeof argument === 'string') return conditionHolds(argument, at);
  const operator = operators.get(name);
  if (operator === undefined || !Array.isArray(argument)) {
    return at.fail(`lanewise does not resolve the condition ${name || '(empty)'}`);
  }
  return operator(argument, at);
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right) || String(left) === String(right);
}
