import type { ConsumerReport, PartitionReport, RunReport, SetAsideRecord } from './run-report.ts';
import { renderTable, widthOf } from './table.ts';

/** How many positions a summary lists before it only counts. */
const listedPositions = 20;

/** The summary that a run ends with, as text for a terminal of so many columns or for a file. */
export function renderSummary(report: RunReport, columns = Number.POSITIVE_INFINITY): string {
  const seconds = (report.durationMs / 1000).toFixed(1);
  const lost = report.lost > 0 ? [setAside('lost', report.lostRecords)] : [];
  return [
    `${report.produced} records in, ${report.lost} lost, ${seconds} s (seed ${report.seed}, ${report.source} source)`,
    consumersTable(report, columns),
    ...lost,
    effectsLine(report),
    setAside('parked by a consumer', report.parked),
    setAside('dead-lettered by a mapping', report.discarded),
  ].join('\n\n');
}

type Counter = Exclude<keyof PartitionReport, 'partition'>;

/** What most runs have none of is shown when there is some. */
const rareCounters: readonly Counter[] = ['dropped', 'filtered'];

/** Columns that a narrow terminal does without, the least wanted first. */
const leftOutFirst = ['group', 'invocations'];

function consumersTable({ consumers }: RunReport, columns: number): string {
  const rare = rareCounters.filter((field) => Object.values(consumers).some((one) => total(one, field) > 0));
  const counters: readonly Counter[] = ['delivered', 'succeeded', 'retried', 'parked', 'discarded', ...rare];
  const head = ['consumer', 'group', 'committed', 'lag', 'invocations', ...counters];
  const rows = Object.entries(consumers).map(([name, consumer]) => [
    name,
    consumer.group,
    total(consumer, 'committedOffset'),
    total(consumer, 'lag'),
    consumer.invocations,
    ...counters.map((field) => total(consumer, field)),
  ]);
  const without = (names: readonly string[]) => {
    const stays = (_: unknown, column: number) => !names.includes(head[column] ?? '');
    return renderTable(
      head.filter(stays),
      rows.map((row) => row.filter(stays)),
    );
  };
  const tables = [0, 1, 2].map((left) => without(leftOutFirst.slice(0, left)));
  return tables.find((table) => widthOf(table) <= columns) ?? without(leftOutFirst);
}

function total({ partitions }: ConsumerReport, field: Counter): number {
  return partitions.reduce((sum, partition) => sum + partition[field], 0);
}

function effectsLine({ effects }: RunReport): string {
  if (Object.values(effects).every((count) => count === 0)) return 'effects: none';
  const again = effects.mailsRepeated > 0 ? ` (and ${effects.mailsRepeated} sent again)` : '';
  return (
    `effects: ${effects.invoices} invoices, ${effects.creditNotes} credit notes, ${effects.reservations} reservations, ` +
    `${effects.backorders} back-orders, ${effects.mails} mails${again}`
  );
}

/** A record that several consumers set aside for the same reason is one row. */
function setAside(title: string, records: readonly SetAsideRecord[]): string {
  if (records.length === 0) return `${title}: none`;
  const rows = new Map<string, { readonly record: SetAsideRecord; readonly consumers: string[] }>();
  for (const record of records) {
    const key = JSON.stringify([record.position, record.reason]);
    const row = rows.get(key) ?? { record, consumers: [] };
    row.consumers.push(record.consumer);
    rows.set(key, row);
  }
  const listed = [...rows.values()].slice(0, listedPositions);
  const table = renderTable(
    ['position', 'consumers', 'reason'],
    listed.map(({ record, consumers }) => [record.position, consumers.join(', '), shortReason(record)]),
  );
  const more = rows.size - listed.length;
  return `${title}: ${records.length}\n${table}${more > 0 ? `\n… and ${more} more positions (--report FILE lists them all)` : ''}`;
}

/** Our own errors end with the position, which has a column of its own here. */
function shortReason({ reason, position }: SetAsideRecord): string {
  const ending = ` at ${position}`;
  return reason.endsWith(ending) ? reason.slice(0, -ending.length) : reason;
}
