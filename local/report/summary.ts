import type { ConsumerReport, PartitionReport, RunReport, SetAsideRecord } from './run-report.ts';
import { renderTable } from './table.ts';

/** How many positions a summary lists before it only counts. */
const listedPositions = 20;

/** The summary that a run ends with, as text for a terminal or a file. */
export function renderSummary(report: RunReport): string {
  const seconds = (report.durationMs / 1000).toFixed(1);
  return [
    `${report.produced} records in, ${report.lost} lost, ${seconds} s (seed ${report.seed}, ${report.source} source)`,
    consumersTable(report),
    effectsLine(report),
    setAside('parked by a consumer', report.parked),
    setAside('dead-lettered by a mapping', report.discarded),
  ].join('\n\n');
}

function consumersTable(report: RunReport): string {
  return renderTable(
    [
      'consumer',
      'group',
      'committed',
      'lag',
      'invocations',
      'delivered',
      'succeeded',
      'retried',
      'parked',
      'discarded',
    ],
    Object.entries(report.consumers).map(([name, consumer]) => consumerRow(name, consumer)),
  );
}

function consumerRow(name: string, consumer: ConsumerReport): readonly (string | number)[] {
  const total = (field: Exclude<keyof PartitionReport, 'partition'>) =>
    consumer.partitions.reduce((sum, partition) => sum + partition[field], 0);
  return [
    name,
    consumer.group,
    total('committedOffset'),
    total('lag'),
    consumer.invocations,
    total('delivered'),
    total('succeeded'),
    total('retried'),
    total('parked'),
    total('discarded'),
  ];
}

function effectsLine({ effects }: RunReport): string {
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
