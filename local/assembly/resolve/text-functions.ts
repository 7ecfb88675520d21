import { isObject } from '../template/json.ts';
import type { Evaluation } from './evaluation.ts';

export function join(argument: unknown, at: Evaluation): string {
  const [separator, items] = pair(argument, at, 'Fn::Join');
  return at.text(
    at
      .list(items)
      .map((item) => at.text(item))
      .join(at.text(separator)),
  );
}

export function split(argument: unknown, at: Evaluation): readonly string[] {
  const [separator, text] = pair(argument, at, 'Fn::Split');
  return at.text(text).split(at.text(separator));
}

export function select(argument: unknown, at: Evaluation): unknown {
  const [rawIndex, rawItems] = pair(argument, at, 'Fn::Select');
  const index = Number(at.text(rawIndex));
  const items = at.list(rawItems);
  if (!Number.isInteger(index) || index < 0 || index >= items.length) {
    return at.fail(`Fn::Select asks for item ${at.text(rawIndex)} of a list of ${items.length}`);
  }
  return items[index];
}

export function base64(argument: unknown, at: Evaluation): string {
  return Buffer.from(at.text(argument), 'utf8').toString('base64');
}

/** Three zones, which every region that has MSK offers. */
export function getAvailabilityZones(argument: unknown, at: Evaluation): readonly string[] {
  const asked = at.text(argument);
  const region = asked === '' ? at.stack.region : asked;
  return ['a', 'b', 'c'].map((zone) => region + zone);
}

export function findInMap(argument: unknown, at: Evaluation): unknown {
  if (!Array.isArray(argument) || argument.length < 3) {
    return at.fail('Fn::FindInMap needs a map, a first and a second key');
  }
  const [map, first, second] = argument.slice(0, 3).map((item) => at.text(item));
  const found = property(property(at.stack.mappings[map ?? ''], first), second);
  if (found !== undefined) return at.value(found);
  const options: unknown = argument[3];
  if (isObject(options) && 'DefaultValue' in options) return at.value(options.DefaultValue);
  return at.fail(`there is no ${first}.${second} in the map ${map}`);
}

function property(value: unknown, key: string | undefined): unknown {
  return isObject(value) && key !== undefined && Object.hasOwn(value, key) ? value[key] : undefined;
}

function pair(argument: unknown, at: Evaluation, name: string): readonly [unknown, unknown] {
  if (!Array.isArray(argument) || argument.length !== 2) return at.fail(`${name} needs a list of two`);
  return [argument[0], argument[1]];
}
