/** Carries a command of the core out, and feeds what came of it back. */
import { OffsetOutOfRangeError } from '../../source/record-source.ts';
import type { MappingCommand } from '../mapping-output.ts';
import { apply, type MappingRun, messageOf } from './mapping-run.ts';

type CommandOf<K extends MappingCommand['kind']> = MappingCommand & { readonly kind: K };

export function executeCommand(run: MappingRun, command: MappingCommand): void {
  switch (command.kind) {
    case 'fetch':
      void fetchRecords(run, command);
      break;
    case 'find-position':
      void findPosition(run, command);
      break;
    case 'invoke':
      void invoke(run, command);
      break;
    case 'deliver':
      void deliver(run, command);
      break;
    case 'commit':
      void commit(run, command);
      break;
    case 'wake':
      wake(run, command);
  }
}

async function fetchRecords(run: MappingRun, { fetch, request }: CommandOf<'fetch'>): Promise<void> {
  try {
    const fetched = await member(run).fetch(request);
    apply(run, { kind: 'fetched', fetch, fetched });
  } catch (error) {
    const outOfRange = error instanceof OffsetOutOfRangeError;
    const { partition } = request;
    apply(run, { kind: 'fetch-failed', partition, fetch, outOfRange, message: messageOf(error) });
  }
}

async function findPosition(run: MappingRun, command: CommandOf<'find-position'>): Promise<void> {
  const { partition, fetch, at } = command;
  try {
    const offset = (await member(run).offsets([partition], at)).get(partition);
    if (offset === undefined) throw new Error(`the source knows no offset of partition ${partition}`);
    apply(run, { kind: 'position-found', partition, fetch, offset });
  } catch (error) {
    apply(run, { kind: 'fetch-failed', partition, fetch, outOfRange: false, message: messageOf(error) });
  }
}

async function invoke(run: MappingRun, { batch, payload }: CommandOf<'invoke'>): Promise<void> {
  try {
    const result = await run.ports.invoker.invoke(payload);
    apply(run, { kind: 'invocation-ended', batch, result });
  } catch (error) {
    // An invoker never rejects; one that does has not reached the function.
    const result = { kind: 'not-reached', reason: 'service', message: messageOf(error) } as const;
    apply(run, { kind: 'invocation-ended', batch, result });
  }
}

async function deliver(run: MappingRun, { delivery, batch }: CommandOf<'deliver'>): Promise<void> {
  try {
    if (run.ports.destination === undefined) throw new Error('the mapping runs without its destination');
    await run.ports.destination.deliver(batch);
    apply(run, { kind: 'delivery-ended', delivery });
  } catch (error) {
    apply(run, { kind: 'delivery-ended', delivery, error: messageOf(error) });
  }
}

async function commit(run: MappingRun, command: CommandOf<'commit'>): Promise<void> {
  try {
    await member(run).commit(command.offsets);
    apply(run, { kind: 'commit-ended', commit: command.commit });
  } catch (error) {
    apply(run, { kind: 'commit-ended', commit: command.commit, error: messageOf(error) });
  }
}

function wake(run: MappingRun, { at }: CommandOf<'wake'>): void {
  run.cancelWake();
  const ms = Math.max(0, at - run.clock.now());
  run.cancelWake = run.clock.setTimer(ms, () => apply(run, { kind: 'tick' }));
}

function member(run: MappingRun) {
  if (run.member === undefined) throw new Error('the mapping is not a member of its group');
  return run.member;
}
