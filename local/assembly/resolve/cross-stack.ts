import { isObject } from '../template/json.ts';
import type { Stack } from '../template/stack.ts';
import type { Evaluation } from './evaluation.ts';

/** An output of a stack, resolved in that stack. */
export function outputOf(stack: Stack, name: string, at: Evaluation): unknown {
  const output = stack.outputs[name];
  if (!isObject(output)) return at.fail(`stack ${stack.name} has no output ${name}`);
  return at.enter({ stack, owner: name, path: 'Outputs' }, (inner) => inner.value(output.Value));
}

/** `Fn::GetStackOutput`: the weak reference that CDK renders between stacks of one region. */
export function stackOutput(argument: unknown, at: Evaluation): unknown {
  if (!isObject(argument)) return at.fail('Fn::GetStackOutput needs StackName and OutputName');
  const stackName = at.text(argument.StackName);
  const region = argument.Region === undefined ? at.stack.region : at.text(argument.Region);
  const named = at.stacks.filter((stack) => stack.name === stackName);
  const stack = named.find((candidate) => candidate.region === region) ?? named[0];
  if (stack === undefined) return at.fail(`there is no stack ${stackName} in this assembly`);
  return outputOf(stack, at.text(argument.OutputName), at);
}

export function importValue(argument: unknown, at: Evaluation): unknown {
  const wanted = at.text(argument);
  const found = exportsOf(at).find((candidate) => exportName(candidate, at) === wanted);
  if (found === undefined) return at.fail(`no stack of this assembly exports ${wanted}`);
  return outputOf(found.stack, found.output, at);
}

interface Export {
  readonly stack: Stack;
  readonly output: string;
  readonly name: unknown;
}

function exportsOf(at: Evaluation): readonly Export[] {
  return at.stacks.flatMap((stack) =>
    Object.entries(stack.outputs).flatMap(([output, raw]) =>
      isObject(raw) && isObject(raw.Export) ? [{ stack, output, name: raw.Export.Name }] : [],
    ),
  );
}

function exportName({ stack, output, name }: Export, at: Evaluation): string {
  return at.enter({ stack, owner: output, path: 'Outputs.Export.Name' }, (inner) => inner.text(name));
}
