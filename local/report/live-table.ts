import type { MappingStatus, PartitionStatus } from '../mapping/mapping-status.ts';
import { renderTable, widthOf } from './table.ts';

/** The key of `parked`: one consumer's topic-partition. */
export const parkedKey = (consumer: string, partition: number) => `${consumer}/${partition}`;

export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

type Cell = string | number;

/** What the last column needs at least to tell something. */
const leastResult = 'PROBLEM: Fun'.length;

/**
 * What the consumers do now, in a terminal of this size: a row for each partition, or for each consumer where there are more
 * partitions than rows; the columns that do not fit are left out, the least wanted first.
 */
export function liveTable(
  statuses: readonly MappingStatus[],
  parked: ReadonlyMap<string, number>,
  { columns, rows }: Screen,
): string {
  const partitions = statuses.reduce((sum, status) => sum + status.partitions.length, 0);
  const isShort = partitions + 1 >= rows;
  const cells = statuses.flatMap((status) => {
    const all = status.partitions.map((partition) => countersOf(status, partition, parked));
    const lines = isShort ? [[`all ${all.length}`, ...sumOf(all)]] : all.map(withPartition(status));
    return lines.map((line) => [status.consumer, ...line, status.lastProcessingResult]);
  });
  const table = (...left: readonly number[]) => tableWithout(left, cells);
  const [result, end] = [head.length - 1, head.indexOf('end')];
  const width = widthOf(table(result));
  if (width + leastResult + 2 <= columns) return cut(table(), columns);
  return cut(width <= columns ? table(result) : table(end, result), columns);
}

const head = [
  'consumer',
  'partition',
  'committed',
  'end',
  'lag',
  'retried',
  'parked',
  'discarded',
  'mapping',
];

function countersOf(
  { consumer }: MappingStatus,
  { partition, committedOffset, endOffset, lag, retried, discarded }: PartitionStatus,
  parked: ReadonlyMap<string, number>,
): readonly number[] {
  return [
    committedOffset,
    endOffset,
    lag,
    retried,
    parked.get(parkedKey(consumer, partition)) ?? 0,
    discarded,
  ];
}

const withPartition =
  ({ partitions }: MappingStatus) =>
  (counters: readonly number[], index: number): readonly Cell[] => [
    partitions[index]?.partition ?? index,
    ...counters,
  ];

function sumOf(lines: readonly (readonly number[])[]): readonly number[] {
  return lines.reduce((sums, line) => sums.map((sum, index) => sum + (line[index] ?? 0)), [0, 0, 0, 0, 0, 0]);
}

function tableWithout(left: readonly number[], rows: readonly (readonly Cell[])[]): string {
  const rest = <T>(cells: readonly T[]) => cells.filter((_, column) => !left.includes(column));
  return renderTable(rest(head), rows.map(rest));
}

function cut(table: string, columns: number): string {
  const line = (text: string) =>
    text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
  return table.split('\n').map(line).join('\n');
}
