import type { SetAsideRecord } from '../report/run-report.ts';
import type { RunningConsumer } from './running-consumer.ts';

/** What the audits miss, record by record; with the mapping's own reason where it has told that it dropped one. */
export function lostRecords(
  consumers: readonly Pick<RunningConsumer, 'selected' | 'audit'>[],
  dropped: readonly SetAsideRecord[],
): readonly SetAsideRecord[] {
  const told = new Map(dropped.map((record) => [keyOf(record), record]));
  return consumers.flatMap(({ selected: { config }, audit }) =>
    audit.passedOver().map(({ partition, offset }) => {
      const position = `${config.topic}-${partition}@${offset}`;
      const record = { consumer: config.consumer, partition, offset, position };
      return told.get(keyOf(record)) ?? { ...record, reason: 'committed, with nothing to show for it' };
    }),
  );
}

const keyOf = ({ consumer, position }: Pick<SetAsideRecord, 'consumer' | 'position'>) =>
  `${consumer} ${position}`;
