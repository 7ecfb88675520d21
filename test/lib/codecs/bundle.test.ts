import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../support/source-files.ts';

const libraries = ['@aws-sdk/client-glue', 'ajv', 'avsc', 'protobufjs'];

/** The packages in the bundle of a module that imports one entry, and what it leaves to Node. */
async function bundleOf(source: string) {
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: projectRoot, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['lanewise-source'],
  });
  const modules = Object.keys(metafile.inputs);
  return {
    libraries: libraries.filter((name) => modules.some((path) => path.startsWith(`node_modules/${name}/`))),
    codecs: modules.filter((path) => path.startsWith('lib/codecs/')),
    external: Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
  };
}

describe("a function's bundle", () => {
  test('has nothing of the codecs when it reads JSON, text or bytes', async () => {
    const source =
      "import { bytes, json, kafkaHandler, text } from 'lanewise'; console.log(bytes, json, kafkaHandler, text);";
    expect(await bundleOf(source)).toEqual({ libraries: [], codecs: [], external: [] });
  });

  test.each([
    ['avro', 'avro', ['avsc']],
    ['protobuf', 'protobuf', ['protobufjs']],
    ['json-schema', 'jsonSchema', ['ajv']],
    ['glue-registry', 'glueRegistry', ['@aws-sdk/client-glue']],
    ['glue-framing', 'glueFraming', []],
  ])('has one library for lanewise/codecs/%s', async (entry, name, expected) => {
    const bundle = await bundleOf(
      `import { ${name} } from 'lanewise/codecs/${entry}'; console.log(${name});`,
    );
    expect(bundle.libraries).toEqual(expected);
    expect(bundle.codecs).not.toEqual([]);
  });

  test('has no library for framings and the registry by HTTP, not even one of Node', async () => {
    const source =
      "import { confluentFraming, confluentRegistry } from 'lanewise/codecs'; console.log(confluentFraming, confluentRegistry);";
    expect(await bundleOf(source)).toMatchObject({ libraries: [], external: [] });
  });
});
