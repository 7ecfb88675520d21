import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './support/source-files.ts';

/** What each folder may import of ours, itself excepted. Longer prefixes come first. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  'lib/': [],
  'handlers/': ['lib/'],
  'cdk/': ['lib/errors/'],
  'local/': ['lib/event/'],
};

const files = sourceFiles('lib', 'handlers', 'cdk', 'local');
const folderOf = (file: SourceFile) => `${file.path.split('/')[0]}/`;

describe('import direction', () => {
  test('every folder imports only what the design allows', () => {
    const violations = files.flatMap((file) => {
      const allowed = [folderOf(file), ...(allowedImports[folderOf(file)] ?? [])];
      return file.imports
        .filter((path) => !allowed.some((prefix) => path.startsWith(prefix)))
        .map((path) => `${file.path} imports ${path}`);
    });
    expect(violations).toEqual([]);
  });

  test('the core of lib/ imports no package: only adapters do, each behind a file of its own', () => {
    const violations = files
      .filter((file) => file.path.startsWith('lib/'))
      .flatMap((file) =>
        file.packages
          .filter((name) => !packagesOf(file.path).includes(name))
          .map((name) => `${file.path} imports ${name}`),
      );
    expect(violations).toEqual([]);
  });

  test('the Kafka client is imported in local/source/ only, so that one folder knows it', () => {
    const importers = files
      .filter((file) => file.packages.includes('@platformatic/kafka'))
      .map((file) => file.path);
    expect(
      importers.filter((path) => path.startsWith('local/') && !path.startsWith('local/source/')),
    ).toEqual([]);
    expect(importers.filter((path) => path.startsWith('lib/') || path.startsWith('handlers/'))).toEqual([]);
  });
});

/** Files and folders of lib/ that may import packages, each its own; nobody imports them from the core. */
const adapters: Readonly<Record<string, readonly string[]>> = {
  'lib/park/sqs-park.ts': ['@aws-sdk/client-sqs'],
  'lib/park/s3-park.ts': ['@aws-sdk/client-s3'],
  'lib/park/dynamodb-park.ts': ['@aws-sdk/client-dynamodb'],
  'lib/telemetry/opentelemetry/': ['@opentelemetry/api'],
  'lib/testing/vitest.ts': ['vitest'],
  'lib/checkpoint/dynamodb/': [
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/lib-dynamodb',
    '@aws-sdk/util-dynamodb',
    'node:timers/promises',
  ],
  'lib/codecs/avro/': ['avsc'],
  'lib/codecs/protobuf/': ['protobufjs'],
  'lib/codecs/json-schema/': ['ajv', 'ajv/dist/2019.js', 'ajv/dist/2020.js'],
  'lib/codecs/framing/glue-framing.ts': ['node:zlib'],
  'lib/codecs/registry/glue-registry.ts': ['@aws-sdk/client-glue'],
};

function packagesOf(path: string): readonly string[] {
  return Object.entries(adapters).find(([prefix]) => path.startsWith(prefix))?.[1] ?? [];
}

describe('sizes', () => {
  test('the files are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  test('no file is longer than 250 lines', () => {
    expect(
      files.filter((file) => file.lines > 250).map((file) => `${file.path}: ${file.lines} lines`),
    ).toEqual([]);
  });

  test('no function is longer than 40 lines', () => {
    const tooLong = files.flatMap((file) =>
      file.functions
        .filter((item) => item.lines > 40)
        .map((item) => `${file.path}:${item.line} ${item.name}: ${item.lines} lines`),
    );
    expect(tooLong).toEqual([]);
  });
});
