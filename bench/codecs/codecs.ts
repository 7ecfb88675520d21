import { ratiosTo, spreadOf } from '../measure/statistics.ts';
import { requireSameDigest, takeTurns } from '../measure/take-turns.ts';
import { formatSpread } from '../report/format.ts';
import type { Bench, ResultTable } from '../result.ts';
import { groups } from './cases.ts';

const titles: Readonly<Record<string, string>> = { avro: 'Avro', protobuf: 'Protobuf' };

/** What the codecs cost over the libraries under them. */
export const codecs: Bench = {
  title: 'Codecs over the libraries under them',
  packages: ['avsc', 'protobufjs', '@bufbuild/protobuf'],
  run: async ({ quick }) => {
    const tables: ResultTable[] = [];
    for (const group of Object.keys(groups)) tables.push(await measureGroup(group, quick));
    return {
      tables,
      targets: [],
      notes: [
        'An order of 85 bytes in Avro, and one of 208 bytes with ten 64-bit numbers in Protobuf. The first line of each table is the library alone, and the ratio is to it.',
      ],
    };
  },
};

async function measureGroup(group: string, quick: boolean): Promise<ResultTable> {
  const measured = await takeTurns({
    module: new URL('./codec-case.ts', import.meta.url),
    entrants: Object.keys(groups[group] ?? {}).map((name) => ({
      label: name,
      candidate: name,
      situation: { group, calls: quick ? 50 : 1_000 },
    })),
    rounds: quick ? 2 : 61,
    warmUp: quick ? 1 : 20,
  });
  requireSameDigest(measured);
  const alone = measured[0]?.samples ?? [];
  return {
    title: titles[group] ?? group,
    head: ['decoder', 'ratio to the library', 'µs a value'],
    rows: measured.map(({ label, samples }) => [
      label,
      formatSpread(spreadOf(ratiosTo(alone, samples))),
      (spreadOf(samples).median / 1_000).toFixed(2),
    ]),
  };
}
