import { describe, expect, test } from 'vitest';
import { candidateNames } from '../../bench/batch/candidates/open-candidate.ts';
import { benches } from '../../bench/benches.ts';
import { consumers } from '../../bench/failures/consumers.ts';
import { functionSources } from '../../bench/init/functions.ts';
import { invokers } from '../../bench/local/invokers.ts';
import type { BenchResult } from '../../bench/result.ts';
import { runBench } from '../../bench/run-bench.ts';

/** A bench fails when its candidates did not compute the same, or did not handle every record. */
const smoke = (name: string): Promise<BenchResult> => {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`there is no bench ${name}`);
  return runBench(name, bench, { quick: true, bootstrap: undefined });
};

const firstColumns = (result: BenchResult): readonly unknown[] =>
  result.tables.flatMap(({ rows }) => rows.map(([first]) => first));

/** What each bench puts side by side. */
const compared: Readonly<Record<string, readonly string[]>> = {
  batch: candidateNames,
  init: Object.keys(functionSources),
  failures: Object.keys(consumers),
  local: Object.keys(invokers),
  idempotency: ['lanewise checkpoint', 'one conditional put a record', 'Powertools idempotency'],
  codecs: ['avsc alone', 'avro, plain', 'protobufjs alone', 'protobuf, plain'],
  checkpoint: ['no checkpoint', 'checkpoint', 'checkpoint, effects of one write a record'],
};

describe('a smoke run of every bench', () => {
  test('there is one for each', () => {
    expect(Object.keys(compared).toSorted()).toEqual(Object.keys(benches).toSorted());
  });

  test.each(Object.keys(compared))(
    '%s runs all its candidates, and they compute the same',
    async (name) => {
      const result = await smoke(name);
      expect(firstColumns(result)).toEqual(expect.arrayContaining([...(compared[name] ?? [])]));
      expect(result.versions).not.toEqual({});
      expect(result.quick).toBe(true);
    },
    240_000,
  );
});
