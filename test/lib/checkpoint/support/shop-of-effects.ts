import { setImmediate as turn } from 'node:timers/promises';
import type { EffectWrite } from '../../../../lib/effects/effect-write.ts';
import { type Effects, transact } from '../../../../lib/effects/transact.ts';
import { type ConsumerRecord, PermanentError } from '../../../../lib/index.ts';

/** What a record asks for: its value. */
export const kinds = [
  'count',
  'shared',
  'once',
  'nothing',
  'flaky',
  'broken',
  'stubborn',
  'unwanted',
] as const;
export type Kind = (typeof kinds)[number];

/** The work of the plays: effects whose number can be counted afterwards, and failures. */
export interface Ledger {
  /** Before `handle`, which may be held up. */
  readonly start: (record: ConsumerRecord<Buffer, Buffer>) => void;
  readonly handle: (record: ConsumerRecord<Buffer, Buffer>) => Effects | undefined;
  readonly park: (position: string) => void;
  readonly parked: ReadonlySet<string>;
  readonly handled: ReadonlySet<string>;
  /** Records that were told of more attempts than there were. */
  readonly overcounted: ReadonlySet<string>;
  /** Knows of each request that is under way, so that the end of the last one can be waited for. */
  readonly watch: <T>(request: () => Promise<T>) => Promise<T>;
  readonly rest: () => Promise<void>;
}

export function shopOfEffects(table: string, group: string): Ledger {
  const starts = new Map<string, number>();
  const attempts = new Map<string, number>();
  const parked = new Set<string>();
  const handled = new Set<string>();
  const overcounted = new Set<string>();
  let requests = 0;
  let open = 0;
  return {
    parked,
    handled,
    overcounted,
    park: (position) => void parked.add(position),
    start: (record) => {
      const position = String(record);
      const number = (starts.get(position) ?? 0) + 1;
      starts.set(position, number);
      if ((record.attempt ?? 0) > number) overcounted.add(position);
    },
    handle: (record) => {
      const position = String(record);
      const attempt = (attempts.get(position) ?? 0) + 1;
      attempts.set(position, attempt);
      const kind = record.value?.toString() as Kind;
      if (kind === 'broken') throw new PermanentError('never');
      if (kind === 'flaky' && attempt < 3) throw new Error('not now');
      handled.add(position);
      return effectsOf(kind, {
        attempt,
        table,
        group,
        position,
        key: record.key?.toString() ?? 'none',
      });
    },
    watch: async (request) => {
      requests++;
      open++;
      try {
        return await request();
      } finally {
        open--;
      }
    },
    rest: async () => {
      for (let seen = -1; seen !== requests || open > 0; ) {
        seen = requests;
        for (let count = 0; count < 20; count++) await turn();
      }
    },
  };
}

interface Names {
  readonly table: string;
  readonly group: string;
  readonly position: string;
  readonly key: string;
  readonly attempt: number;
}

function effectsOf(kind: Kind, { table, group, position, key, attempt }: Names): Effects | undefined {
  const own = addOne(table, `${group} ${position}`);
  switch (kind) {
    case 'nothing':
      return undefined;
    // Records of one key touch one item: they cannot be in one transaction.
    case 'shared':
      return transact([own, addOne(table, `${group} shared ${key}`)]);
    // The first of a key puts it, the condition of all others fails.
    case 'once': {
      const first = {
        Put: {
          TableName: table,
          Item: { id: `${group} once ${key}`, applied: 1 },
          ConditionExpression: 'attribute_not_exists(id)',
        },
      };
      return transact([own, first], { onConditionFailed: () => transact([own]) });
    }
    // A condition that never holds: its policy fails the record at first, and then writes without it.
    case 'stubborn':
      return transact([own, neverHolds(table)], { onConditionFailed: () => insist(attempt, own) });
    case 'unwanted':
      return transact([neverHolds(table), own], { onConditionFailed: refuse });
    default:
      return transact([own]);
  }
}

function insist(attempt: number, own: EffectWrite): Effects {
  if (attempt < 3) throw new Error('not now');
  return transact([own]);
}

function refuse(): never {
  throw new PermanentError('never');
}

function neverHolds(TableName: string): EffectWrite {
  return {
    ConditionCheck: {
      TableName,
      Key: { id: 'nobody writes it' },
      ConditionExpression: 'applied >= :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
}

function addOne(TableName: string, id: string): EffectWrite {
  return {
    Update: {
      TableName,
      Key: { id },
      UpdateExpression: 'ADD applied :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
}
