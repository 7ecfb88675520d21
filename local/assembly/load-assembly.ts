import type { LocalSystem } from './local-system.ts';
import { declaredIn } from './read/declared.ts';
import { readConsumers } from './read/read-consumers.ts';
import { readStorage } from './read/read-storage.ts';
import { readStacks } from './template/read-stacks.ts';

/**
 * Reads a synthesized cloud assembly: its functions, mappings, topics, tables, queues and the like, with every
 * intrinsic function that they need resolved. Names and ARNs that AWS would make up come out the same each time.
 *
 * @throws LocalError when the directory is no assembly, when there is no Kafka mapping in it, or when something that
 * a run needs cannot be resolved; the message ends with stack, logical id and property path.
 */
export function loadAssembly({ directory }: { readonly directory: string }): LocalSystem {
  const stacks = readStacks(directory);
  const find = declaredIn(stacks);
  const consumers = readConsumers(find);
  const storage = readStorage(find);
  const home = consumers.functions[0]?.arn.split(':') ?? [];
  return {
    ...storage,
    ...consumers,
    region: home[3] ?? '',
    account: home[4] ?? '',
    notes: [...consumers.notes, ...storage.notes],
  };
}
