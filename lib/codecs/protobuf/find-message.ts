import { MapField, type Namespace, Type } from 'protobufjs';
import type { MessageIndexStyle } from '../framing/framing.ts';
import type { ProtoFile } from './proto-file.ts';

/** @throws Error when the file has no such message, or when it cannot be told which one is meant. */
export function findMessage(file: ProtoFile, path: readonly number[], style: MessageIndexStyle): Type {
  switch (style) {
    case 'confluent':
      return descend(file.messages, path);
    case 'glue':
      return inNameOrder(file, path[0] ?? 0);
  }
}

function descend(messages: readonly Type[], [index = 0, ...rest]: readonly number[]): Type {
  const message = messages[index];
  if (message === undefined)
    throw new Error(`its file has ${messages.length} messages, and none at index ${index}`);
  return rest.length === 0 ? message : descendInto(message, rest);
}

/**
 * A map field counts as a message for the clients of Python, Go and .NET, which go by descriptors, and not for Java's. So an index is only
 * believed where both mean the same message.
 */
function descendInto(message: Type, [index = 0, ...rest]: readonly number[]): Type {
  const nested = nestedMessages(message);
  const maps = mapFields(message).length;
  const possible = nested.filter((_, position) => position <= index && position >= index - maps);
  const [only] = possible;
  if (only === undefined) throw new Error(`${nameOf(message)} has no message at index ${index}`);
  if (possible.length > 1) {
    throw new Error(
      `${nameOf(message)} has map fields, so that it is not certain which of its messages index ${index} means: name it with the option message`,
    );
  }
  return rest.length === 0 ? only : descendInto(only, rest);
}

/**
 * Glue numbers all messages of the file by their full names, in the order of their characters; map fields count as the
 * messages that they stand for.
 *
 * @see https://github.com/awslabs/aws-glue-schema-registry MessageIndexFinder
 */
function inNameOrder(file: ProtoFile, index: number): Type {
  const named = new Map<string, Type | undefined>();
  const add = (message: Type) => {
    named.set(nameOf(message), message);
    for (const field of mapFields(message))
      named.set(`${nameOf(message)}.${entryName(field.name)}`, undefined);
    for (const inner of nestedMessages(message)) add(inner);
  };
  for (const message of file.messages) add(message);
  const names = [...named.keys()].sort();
  const found = named.get(names[index] ?? '');
  if (found === undefined) throw new Error(`its file has no message at Glue's index ${index}`);
  return found;
}

export function nestedMessages(parent: Namespace): readonly Type[] {
  return parent.nestedArray.filter((item) => item instanceof Type);
}

export function nameOf(message: Type): string {
  return message.fullName.slice(1);
}

function mapFields(message: Type): readonly MapField[] {
  return message.fieldsArray.filter((field) => field instanceof MapField);
}

/** As protoc names it: `line_items` and `lineItems` become `LineItemsEntry`. */
function entryName(field: string): string {
  const camel = field.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
  return `${camel.charAt(0).toUpperCase()}${camel.slice(1)}Entry`;
}
