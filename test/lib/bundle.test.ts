import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { projectRoot } from '../support/source-files.ts';

const jsonHandler = `
import { json, kafkaHandler } from './lib/index.ts';
export const handler = kafkaHandler({ value: json(), handle: (record) => record.value });
`;

/** Bundled as a function's code is. */
async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: projectRoot, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
  });
  const modules = Object.keys(metafile.inputs).filter((path) => path !== '<stdin>');
  return { size: outputFiles[0]?.contents.length ?? 0, modules, outputs: Object.values(metafile.outputs) };
}

test('a function that reads JSON carries the runtime in at most 10 KB and nothing else', async () => {
  const { size, modules, outputs } = await bundle(jsonHandler);
  expect(modules.filter((path) => !path.startsWith('lib/'))).toEqual([]);
  expect(outputs.flatMap(({ imports }) => imports)).toEqual([]);
  expect(size).toBeGreaterThan(1_000);
  expect(size).toBeLessThanOrEqual(10 * 1_024);
});

test('it carries exactly the modules of the pipeline: no adapter, no test kit', async () => {
  const { modules } = await bundle(jsonHandler);
  expect(modules.toSorted()).toMatchInlineSnapshot(`
    [
      "lib/decode/base64-bytes.ts",
      "lib/decode/codec.ts",
      "lib/decode/consumer-record.ts",
      "lib/decode/decode-record.ts",
      "lib/decode/headers.ts",
      "lib/decode/promise-like.ts",
      "lib/decode/schema-violation.ts",
      "lib/errors/check-option.ts",
      "lib/errors/decode-error.ts",
      "lib/errors/error-name.ts",
      "lib/errors/lanewise-error.ts",
      "lib/errors/permanent-error.ts",
      "lib/event/parse-kafka-event.ts",
      "lib/event/topic-partition.ts",
      "lib/index.ts",
      "lib/kafka-handler.ts",
      "lib/lanes/by-key.ts",
      "lib/lanes/check-result.ts",
      "lib/lanes/handle-context.ts",
      "lib/lanes/lane.ts",
      "lib/lanes/queue.ts",
      "lib/lanes/run-lanes.ts",
      "lib/lanes/run-record.ts",
      "lib/lanes/sequence.ts",
      "lib/lanes/time-budget.ts",
      "lib/options.ts",
      "lib/outcome/batch-end.ts",
      "lib/outcome/batch-response.ts",
      "lib/outcome/record-outcome.ts",
      "lib/telemetry/notify.ts",
      "lib/telemetry/record-failure.ts",
    ]
  `);
});

test('nothing of the checkpoint, the effects or the attempts comes along unasked, and all of it when asked for', async () => {
  const optional = /^lib\/(checkpoint|effects|attempts)\//;
  const plain = await bundle(jsonHandler);
  expect(plain.modules.filter((path) => optional.test(path))).toEqual([]);
  const checkpointed = await bundle(`
    import { json, kafkaHandler } from './lib/index.ts';
    import { checkpointOn } from './lib/checkpoint/index.ts';
    export const makeHandler = (store) =>
      kafkaHandler({ value: json(), checkpoint: checkpointOn(store), handle: () => {} });
  `);
  expect(checkpointed.modules.filter((path) => optional.test(path))).not.toEqual([]);
  // Only the adapter knows a database.
  expect(checkpointed.modules.filter((path) => !path.startsWith('lib/'))).toEqual([]);
  expect(checkpointed.modules.filter((path) => path.startsWith('lib/checkpoint/dynamodb/'))).toEqual([]);
});
