import { createLogUpdate } from 'log-update';
import type { MappingStatus } from '../mapping/mapping-status.ts';
import { liveTable, parkedKey } from './live-table.ts';

export interface Progress {
  /** A line that stays: what started, what went wrong. */
  note(line: string): void;
  /** Draws what the consumers are doing now. */
  update(statuses: readonly MappingStatus[], parked: ReadonlyMap<string, number>): void;
  /** Leaves the last picture on the screen. */
  done(): void;
}

/** A live table in a terminal; plain lines, only when something has changed, elsewhere. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? liveProgress(stream) : plainProgress(stream);
}

function liveProgress(stream: NodeJS.WriteStream): Progress {
  const draw = createLogUpdate(stream);
  return {
    note: (line) => {
      draw.clear();
      stream.write(`${line}\n`);
    },
    // Asked each time: a terminal changes its size.
    update: (statuses, parked) =>
      draw(liveTable(statuses, parked, { columns: stream.columns, rows: stream.rows })),
    done: () => draw.done(),
  };
}

function plainProgress(stream: NodeJS.WriteStream): Progress {
  const last = new Map<string, string>();
  return {
    note: (line) => stream.write(`${line}\n`),
    update: (statuses, parked) => {
      for (const status of statuses) {
        const line = plainLine(status, parked);
        if (last.get(status.consumer) === line) continue;
        last.set(status.consumer, line);
        stream.write(`${line}\n`);
      }
    },
    done: () => {},
  };
}

function plainLine(status: MappingStatus, parked: ReadonlyMap<string, number>): string {
  const sum = (field: 'lag' | 'retried' | 'discarded' | 'succeeded') =>
    status.partitions.reduce((total, partition) => total + partition[field], 0);
  const setAside = status.partitions.reduce(
    (total, { partition }) => total + (parked.get(parkedKey(status.consumer, partition)) ?? 0),
    0,
  );
  const committed = status.partitions
    .map(({ partition, committedOffset }) => `${partition}@${committedOffset}`)
    .join(' ');
  return (
    `${status.consumer.padEnd(14)} committed ${committed}  lag ${sum('lag')}  done ${sum('succeeded')}  ` +
    `retried ${sum('retried')}  parked ${setAside}  discarded ${sum('discarded')}`
  );
}
