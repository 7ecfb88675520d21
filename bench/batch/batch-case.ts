import type { Case } from '../measure/case.ts';
import { collectGarbage } from '../measure/collect-garbage.ts';
import { elapsed } from '../measure/elapsed.ts';
import { openCandidate } from './candidates/open-candidate.ts';
import { eventText } from './event-text.ts';
import { digestOf, type Situation, type Tally } from './situation.ts';

/** Records of a turn, at least: about one to three milliseconds, less than what an operating system gives a thread at a time. */
const recordsOfTurn = 1_000;
/** Characters of the events of a turn, at most: large batches are measured one by one. */
const charactersOfTurn = 4_000_000;

/** Nanoseconds for each record of a batch. The events are parsed before, as Lambda's runtime does. */
export async function openCase(candidate: string, situation: Situation): Promise<Case> {
  const tally: Tally = { records: 0, sum: 0 };
  const handle = (await openCandidate(candidate))(situation, tally);
  const text = eventText(situation);
  const wanted = Math.ceil(recordsOfTurn / situation.records);
  const batches = Math.max(1, Math.min(wanted, Math.floor(charactersOfTurn / text.length)));
  return {
    turn: async () => {
      const events = Array.from({ length: batches }, () => JSON.parse(text));
      collectGarbage();
      const took = await elapsed(async () => {
        for (const event of events) await handle(event);
      });
      return took / (batches * situation.records);
    },
    digest: () => digestOf(tally),
  };
}
