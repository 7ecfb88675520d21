import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const projectRoot = join(import.meta.dirname, '..', '..');
const handle = 'handle: (record) => record.value';

/** Sources of functions that read JSON from Kafka: the least that each library needs. */
export const functionSources: Readonly<Record<string, string>> = {
  'bare handler': 'export const handler = async () => ({ batchItemFailures: [] });',
  'lanewise, JSON': `
    import { json, kafkaHandler } from './lib/index.ts';
    export const handler = kafkaHandler({ value: json(), ${handle} });`,
  'lanewise, logger and metrics': `
    import { Logger } from '@aws-lambda-powertools/logger';
    import { Metrics } from '@aws-lambda-powertools/metrics';
    import { json, kafkaHandler } from './lib/index.ts';
    const logger = new Logger({ serviceName: 'bench' });
    const metrics = new Metrics({ namespace: 'bench', serviceName: 'bench' });
    const observer = {
      recordFailed: (failure) => logger.warn('record failed', { failure }),
      batchEnded: ({ done }) => { metrics.addMetric('done', 'Count', done); metrics.publishStoredMetrics(); },
    };
    export const handler = kafkaHandler({ value: json(), observer, ${handle} });`,
  'lanewise, checkpoint': `
    import { json, kafkaHandler } from './lib/index.ts';
    import { dynamodbCheckpoint } from './lib/checkpoint/dynamodb/index.ts';
    const checkpoint = dynamodbCheckpoint({ tableName: 'checkpoints', group: 'bench' });
    export const handler = kafkaHandler({ value: json(), checkpoint, ${handle} });`,
  'Powertools kafka': `
    import { kafkaConsumer, SchemaType } from '@aws-lambda-powertools/kafka';
    export const handler = kafkaConsumer(async (event) => {
      for (const record of event.records) record.value;
    }, { value: { type: SchemaType.JSON } });`,
  'Powertools kafka, logger and metrics': `
    import { kafkaConsumer, SchemaType } from '@aws-lambda-powertools/kafka';
    import { Logger } from '@aws-lambda-powertools/logger';
    import { Metrics } from '@aws-lambda-powertools/metrics';
    const logger = new Logger({ serviceName: 'bench' });
    const metrics = new Metrics({ namespace: 'bench', serviceName: 'bench' });
    export const handler = kafkaConsumer(async (event) => {
      try { for (const record of event.records) record.value; }
      catch (error) { logger.warn('batch failed', error); throw error; }
      finally { metrics.addMetric('done', 'Count', 1); metrics.publishStoredMetrics(); }
    }, { value: { type: SchemaType.JSON } });`,
  'Powertools kafka, idempotency': `
    import { kafkaConsumer, SchemaType } from '@aws-lambda-powertools/kafka';
    import { makeIdempotent } from '@aws-lambda-powertools/idempotency';
    import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
    const persistenceStore = new DynamoDBPersistenceLayer({ tableName: 'idempotency' });
    const work = makeIdempotent(async (record) => record.value, { persistenceStore });
    export const handler = kafkaConsumer(async (event) => {
      for (const record of event.records) await work(record);
    }, { value: { type: SchemaType.JSON } });`,
  middy: `
    import middy from '@middy/core';
    import eventNormalizer from '@middy/event-normalizer';
    export const handler = middy(async (event) => {
      for (const records of Object.values(event.records)) for (const record of records) record.value;
      return { batchItemFailures: [] };
    }).use(eventNormalizer());`,
};

/** As the function construct bundles: one minified ES module. The AWS SDK is part of it, so that all start from the same. */
export async function bundleFunction(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: projectRoot, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    plugins: [withoutAvro],
    banner: {
      js: /require\(|client-dynamodb|powertools/.test(contents)
        ? "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);"
        : '',
    },
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild wrote no bundle');
  return file.contents;
}

/** Powertools imports it for Avro alone, and a bundle of one file has to have it: an empty one, so that it costs nothing here. */
const withoutAvro: Plugin = {
  name: 'without-avro',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^avro-js$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};
