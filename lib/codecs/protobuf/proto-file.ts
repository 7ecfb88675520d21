import protobuf, { type ReflectionObject, type Root, type Type } from 'protobufjs';
import type { RegisteredSchema } from '../registry/schema-registry.ts';
import { nestedMessages } from './find-message.ts';

/** The messages of one file, without those that it imports. */
export interface ProtoFile {
  readonly root: Root;
  /** Top-level messages in the order of the file. */
  readonly messages: readonly Type[];
  /** Messages that are made plain already. */
  readonly plain: Set<Type>;
}

const mainFile = 'the schema';

/**
 * Parses a `.proto` file with those that it imports. What an import is needed for is only known at the end: one that is not given, for
 * an option say, is no error by itself.
 *
 * @throws Error when a file cannot be parsed or a type is missing.
 */
export function parseProtoFile({
  text,
  references,
}: Pick<RegisteredSchema, 'text' | 'references'>): ProtoFile {
  const root = new protobuf.Root();
  const given = new Map(references.map((reference) => [reference.name, reference.text]));
  const parsed = new Set<string>();
  const add = (fileText: string, name: string): string => {
    // Read by the parser for what it finds next; its types leave it out.
    Object.assign(protobuf.parse, { filename: name });
    const result = protobuf.parse(fileText, root);
    for (const imported of result.imports ?? []) addImport(imported);
    return result.package ?? '';
  };
  const addImport = (path: string) => {
    if (parsed.has(path)) return;
    parsed.add(path);
    const known = given.get(path);
    const bundled = protobuf.common.get(path)?.nested;
    if (known !== undefined) add(known, path);
    else if (bundled !== undefined) root.addJSON(bundled);
  };
  const packageName = add(text, mainFile);
  root.resolveAll();
  const top = packageName === '' ? root : root.lookup(packageName);
  if (!(top instanceof protobuf.Namespace)) throw new Error(`the package ${packageName} has no messages`);
  refuseProtoNames(root);
  return {
    root,
    messages: nestedMessages(top).filter((message) => message.filename === mainFile),
    plain: new Set(),
  };
}

/** To set a field of that name on an object changes its prototype. */
function refuseProtoNames(root: Root): void {
  const visit = (item: ReflectionObject): void => {
    if (item.name === '__proto__') throw new Error('a field or message is named __proto__');
    if (item instanceof protobuf.Type) item.fieldsArray.forEach(visit);
    if (item instanceof protobuf.Namespace) item.nestedArray.forEach(visit);
  };
  visit(root);
}
