import { isObject } from '../template/json.ts';
import type { Evaluation } from './evaluation.ts';
import { getAtt, ref } from './references.ts';

/** `Fn::Sub`: `${Name}` is a variable given beside the text or a `Ref`, `${Name.Attribute}` a `Fn::GetAtt`, `${!Name}` text. */
export function substitute(argument: unknown, at: Evaluation): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isObject(variables ?? {})) {
    return at.fail('Fn::Sub needs a text, or a list of a text and its variables');
  }
  const given = isObject(variables) ? variables : {};
  return at.text(
    text.replace(/\$\{(!?)([^}]*)\}/g, (_match, literal: string, name: string) =>
      literal === '!' ? `\${${name}}` : at.text(variable(name.trim(), given, at)),
    ),
  );
}

function variable(name: string, given: Readonly<Record<string, unknown>>, at: Evaluation): unknown {
  if (Object.hasOwn(given, name)) return at.value(given[name]);
  const dot = name.indexOf('.');
  return dot < 0 ? ref(name, at) : getAtt([name.slice(0, dot), name.slice(dot + 1)], at);
}
