import Table from 'cli-table3';
import type { ConsumerReport, PartitionReport, RunReport, SetAsideRecord } from './run-report.ts';

/** How many positions a summary lists before it only counts. */
const listedPositions = 20;

/** The summary that a run ends with, as text for a terminal or a file. */
export function renderSummary(report: RunReport): string {
  return [
    `${report.produced} records in, ${report.lost} lost, ${(report.durationMs / 1000).toFixed(1)} s (seed ${report.seed}, ${report.source} source)`,
    consumersTable(report),
    effectsLine(report),
    setAside('parked by a consumer', report.parked),
    setAside('dead-lettered by a mapping', report.discarded),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function consumersTable(report: RunReport): string {
  const table = new Table({
    head: [
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
    style: { head: [], border: [] },
    colAligns: ['left', 'left', ...Array.from({ length: 8 }, () => 'right' as const)],
  });
  for (const [name, consumer] of Object.entries(report.consumers)) table.push(consumerRow(name, consumer));
  return table.toString();
}

function consumerRow(name: string, consumer: ConsumerReport): readonly (string | number)[] & string[] {
  const total = (field: Exclude<keyof PartitionReport, 'partition'>) =>
    String(consumer.partitions.reduce((sum, partition) => sum + partition[field], 0));
  return [
    name,
    consumer.group,
    total('committedOffset'),
    total('lag'),
    String(consumer.invocations),
    total('delivered'),
    total('succeeded'),
    total('retried'),
    total('parked'),
    total('discarded'),
  ];
}

function effectsLine({ effects }: RunReport): string {
  const again = effects.mailsRepeated > 0 ? ` (${effects.mailsRepeated} of them sent again)` : '';
  return (
    `effects: ${effects.invoices} invoices, ${effects.creditNotes} credit notes, ${effects.reservations} reservations, ` +
    `${effects.backorders} back-orders, ${effects.mails} mails${again}`
  );
}

function setAside(title: string, records: readonly SetAsideRecord[]): string {
  if (records.length === 0) return `${title}: none`;
  const table = new Table({ head: ['consumer', 'position', 'reason'], style: { head: [], border: [] } });
  for (const record of records.slice(0, listedPositions))
    table.push([record.consumer, record.position, record.reason]);
  const more = records.length - listedPositions;
  return `${title}: ${records.length}\n${table.toString()}${more > 0 ? `\n… and ${more} more (--report FILE lists them all)` : ''}`;
}
