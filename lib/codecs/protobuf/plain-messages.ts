import protobuf, { type Field, MapField, type Type } from 'protobufjs';
import type { LongPolicy } from './long-reader.ts';

/**
 * Lets messages be plain to use: a field without presence is the object's own from the start, with its default, so that it is there for a spread, a schema or
 * JSON; one with presence is `undefined` where it is absent; and no 64-bit number is an object.
 */
export function preparePlainMessages(type: Type, longs: LongPolicy, done: Set<Type>): void {
  if (done.has(type)) return;
  done.add(type);
  for (const field of type.fieldsArray) field.resolve();
  type.ctor = constructorOf(type, longs);
  const { prototype } = type.ctor;
  Object.defineProperty(prototype, 'toJSON', { value: undefined });
  for (const field of type.fieldsArray) prototype[field.name] = inherited(field, longs);
  replaceLongsInMaps(type, longs);
  for (const { resolvedType } of type.fieldsArray) {
    if (resolvedType instanceof protobuf.Type) preparePlainMessages(resolvedType, longs, done);
  }
}

// biome-ignore lint/complexity/noBannedTypes: it is the type that protobufjs gives to constructors.
type Constructor = protobuf.Constructor<{}>;

/** As code, like protobufjs's own constructors: a loop over the fields takes longer than to read them. */
function constructorOf(type: Type, longs: LongPolicy): Constructor {
  const fields = type.fieldsArray.filter((field) => !hasPresence(field) && !field.required);
  const defaults = fields.map((field) => inherited(field, longs));
  const assignments = fields.map((field, index) => {
    const value = field.repeated ? '[]' : field instanceof MapField ? '{}' : `defaults[${index}]`;
    return `this[${JSON.stringify(field.name)}] = ${value};`;
  });
  return new Function('defaults', `return function PlainMessage() { ${assignments.join(' ')} }`)(defaults);
}

/** What a field reads as while it is not the object's own. */
function inherited(field: Field, longs: LongPolicy): unknown {
  const declared = field.options?.default !== undefined;
  if (hasPresence(field) && !declared) return undefined;
  if (field.long) return asLong(field.typeDefault, longs);
  return field.bytes && !declared ? noBytes : field.typeDefault;
}

/** Without bytes there is nothing in it to change, so that one is enough. */
const noBytes = Buffer.alloc(0);

/** protobufjs does not count messages, for which it is always so. */
function hasPresence(field: Field): boolean {
  const isMessage =
    field.resolvedType instanceof protobuf.Type && !field.repeated && !(field instanceof MapField);
  return field.hasPresence || isMessage;
}

function asLong(value: unknown, longs: LongPolicy): bigint | number {
  return longs === 'bigint' ? BigInt(String(value)) : Number(String(value));
}

/** A map's entry that comes without its value has the library's own zero, which is an object. */
function replaceLongsInMaps(type: Type, longs: LongPolicy): void {
  const names = type.fieldsArray
    .filter((field) => field instanceof MapField && field.type in protobuf.types.long)
    .map((field) => field.name);
  if (names.length === 0) return;
  type.setup();
  const decode = type.decode;
  const zero = asLong(0, longs);
  type.decode = function decodeWithPlainLongs(this: Type, ...inputs: Parameters<Type['decode']>) {
    const message: Record<string, unknown> = decode.apply(this, inputs);
    for (const name of names) replaceObjects(message[name], zero);
    return message as unknown as ReturnType<Type['decode']>;
  };
}

function replaceObjects(entries: unknown, zero: bigint | number): void {
  for (const [key, value] of Object.entries(entries ?? {})) {
    if (typeof value === 'object') Object.assign(entries as object, { [key]: zero });
  }
}
