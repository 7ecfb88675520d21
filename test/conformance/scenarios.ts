import type { Scenario } from './scenario.ts';
import { ANSWERS } from './scenarios/answers.ts';
import { BATCHING } from './scenarios/batching.ts';
import { COMMITS } from './scenarios/commits.ts';
import { COUNTERS } from './scenarios/counters.ts';
import { EVENTS } from './scenarios/events.ts';
import { FILTERS } from './scenarios/filters.ts';
import { GIVING_UP } from './scenarios/giving-up.ts';
import { RETRIES } from './scenarios/retries.ts';
import { SCHEMAS } from './scenarios/schemas.ts';
import { WORKED_CASES } from './scenarios/worked-cases.ts';

/** Every scenario, by its group. */
export const SCENARIOS: readonly Scenario[] = [
  ...EVENTS,
  ...BATCHING,
  ...COMMITS,
  ...ANSWERS,
  ...WORKED_CASES,
  ...RETRIES,
  ...GIVING_UP,
  ...FILTERS,
  ...SCHEMAS,
  ...COUNTERS,
];
