import type { BenchOptions, Findings, ResultTable } from '../result.ts';
import { candidateNames } from './candidates/open-candidate.ts';
import { measureSituation } from './compare-batches.ts';
import { eventText, largestPayload } from './event-text.ts';
import type { Situation } from './situation.ts';

const shapes = (['value', 'all'] as const).flatMap((fields) =>
  (['no-op', 'awaiting'] as const).map((handler) => ({ fields, handler, reads: 1 })),
);

const sizes = (quick: boolean) =>
  (quick ? [100] : [1, 10, 100, 1_000, 5_000]).flatMap((records) =>
    (quick ? [3] : [1, 3, 30].filter((count) => count <= records)).flatMap((partitions) =>
      (quick ? [200] : [200, 500, 20_000]).map((bytes) => ({ records, partitions, bytes })),
    ),
  );

/** Every size of batch and value, by ratios alone. */
export async function compareSituations(
  options: BenchOptions,
): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const tables: ResultTable[] = [];
  for (const shape of options.quick ? shapes.slice(0, 1) : shapes) {
    const rows: (readonly (string | number)[])[] = [];
    for (const size of sizes(options.quick)) rows.push(await rowOf({ ...shape, ...size }, options));
    tables.push({
      title: `Every size: ${shape.fields === 'value' ? 'value only' : 'value, key and headers'}, ${shape.handler} handler; ratios to the floor`,
      head: ['records', 'partitions', 'bytes', 'floor, ns', ...candidateNames.slice(1)],
      rows,
      folded: true,
    });
  }
  return { tables, targets: [] };
}

async function rowOf(situation: Situation, { quick }: BenchOptions): Promise<readonly (string | number)[]> {
  const { records, partitions, bytes } = situation;
  const row = [records, partitions, bytes];
  // Not delivered by Lambda, so not measured.
  if (eventText(situation).length > largestPayload) return [...row, 'above 6 MB'];
  const measured = await measureSituation(situation, quick ? 2 : 15);
  const [floor] = measured;
  return [
    ...row,
    Math.round(floor?.time.median ?? Number.NaN),
    ...measured.slice(1).map(({ ratio }) => ratio.median.toFixed(2)),
  ];
}
