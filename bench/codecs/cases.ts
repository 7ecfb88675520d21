import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import avsc from 'avsc';
import protobufjs from 'protobufjs';
import { avro } from '../../lib/codecs/avro/avro.ts';
import { glueFraming } from '../../lib/codecs/framing/glue-framing.ts';
import { confluentFraming, fixedRegistry } from '../../lib/codecs/index.ts';
import { protobuf } from '../../lib/codecs/protobuf/protobuf.ts';

/** What one call of each decodes; the first of a group is the library alone. */
export type Cases = Readonly<Record<string, () => unknown>>;

const fixtures = join(import.meta.dirname, '../../test/fixtures/codecs');

export const groups: Readonly<Record<string, Cases>> = { avro: avroCases(), protobuf: protobufCases() };

function avroCases(): Cases {
  const text = readFileSync(join(fixtures, 'order.avsc'), 'utf8');
  const schema = JSON.parse(text);
  const type = avsc.Type.forSchema(schema);
  const body = encoded('python.json', 'avro order by apache');
  const confluent = encoded('python.json', 'confluent avro order');
  const glue = encoded('python.json', 'glue avro order');
  const version = 'b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63';
  const registry = fixedRegistry(new Map([1, version].map((id) => [id, { format: 'AVRO', text }] as const)));
  const plain = avro({ schema });
  const resolved = avro({ schema, readerSchema: schema });
  const ofConfluent = avro({ framing: confluentFraming, registry });
  const ofGlue = avro({ framing: glueFraming(), registry });
  return {
    'avsc alone': () => type.fromBuffer(body),
    'avro, plain': () => plain.decode(body),
    'avro, with a reader schema': () => resolved.decode(body),
    'avro, Confluent': () => ofConfluent.decode(confluent),
    'avro, Glue': () => ofGlue.decode(glue),
    'avsc, its schema parsed for each record': () => avsc.Type.forSchema(schema).fromBuffer(body),
  };
}

function protobufCases(): Cases {
  const schema = readFileSync(join(fixtures, 'order.proto'), 'utf8');
  const body = encoded('python.json', 'protobuf order');
  const confluent = encoded('python.json', 'confluent protobuf order');
  const type = protobufjs.parse(schema, new protobufjs.Root()).root;
  type.addJSON(protobufjs.common.get('google/protobuf/timestamp.proto')?.nested ?? {});
  const order = type.lookupType('shop.OrderPlaced');
  const message = 'shop.OrderPlaced';
  const bigints = protobuf({ schema, message });
  const framed = protobuf({
    framing: confluentFraming,
    registry: fixedRegistry(new Map([[5, { format: 'PROTOBUF', text: schema }]])),
  });
  const ofBuf = bufMessage(message);
  return {
    'protobufjs alone': () => order.decode(body),
    'protobuf, plain': () => bigints.decode(body),
    'protobuf, Confluent': () => framed.decode(confluent),
    'protobufjs with toObject': () => order.toObject(order.decode(body), { longs: BigInt, defaults: true }),
    '@bufbuild/protobuf alone': () => fromBinary(ofBuf, body),
  };
}

/** It has no parser for `.proto` files: protoc for Python made the descriptors. */
function bufMessage(name: string) {
  const descriptors = fromBinary(FileDescriptorSetSchema, encoded('python.json', 'protobuf descriptors'));
  const found = createFileRegistry(descriptors).getMessage(name);
  if (found === undefined) throw new Error(`there is no message ${name} in the descriptors`);
  return found;
}

function encoded(file: string, name: string): Buffer {
  const all: Record<string, { base64: string }> = JSON.parse(readFileSync(join(fixtures, file), 'utf8'));
  const found = all[name];
  if (found === undefined) throw new Error(`there is no fixture ${name} in ${file}`);
  return Buffer.from(found.base64, 'base64');
}
