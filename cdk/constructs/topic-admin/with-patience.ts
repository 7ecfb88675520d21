import { setTimeout as sleep } from 'node:timers/promises';
import { mayPass, refusalText } from './broker-refusal.ts';

export interface Patience {
  /** How many times to ask. */
  readonly attempts: number;
  /** Milliseconds between two of them. */
  readonly pause: number;
}

/**
 * Asks again while the brokers do not know of the rights yet.
 *
 * @throws Error with what the brokers said, when it cannot pass or the attempts are used up
 */
export async function withPatience<T>(ask: () => Promise<T>, { attempts, pause }: Patience): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (attempts <= 1 || !mayPass(error)) throw new Error(refusalText(error));
  }
  await sleep(pause);
  return withPatience(ask, { attempts: attempts - 1, pause });
}
