import { ANSWER_RULES } from './rules/answers.ts';
import { DESTINATIONS } from './rules/destinations.ts';
import { EVENT_RULES } from './rules/events.ts';
import { FILTERS_AND_SCHEMAS } from './rules/filters-and-schemas.ts';
import { LIBRARY } from './rules/library.ts';
import { MODES } from './rules/modes.ts';
import { OPERATION } from './rules/operation.ts';
import { POLLING } from './rules/polling.ts';
import { RETRY_RULES } from './rules/retries.ts';
import type { Rule } from './rules/rule.ts';

export interface RuleSection {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** Every rule, by what it is about. */
export const RULE_SECTIONS: readonly RuleSection[] = [
  { title: 'Modes, positions, groups and commits', rules: MODES },
  { title: 'Events', rules: EVENT_RULES },
  { title: 'Polling, batches and concurrency', rules: POLLING },
  { title: 'Answers', rules: ANSWER_RULES },
  { title: 'Attempts, splits and age', rules: RETRY_RULES },
  { title: 'Destinations', rules: DESTINATIONS },
  { title: 'Filters and schemas', rules: FILTERS_AND_SCHEMAS },
  { title: 'Logs and life cycle', rules: OPERATION },
  { title: 'What a handler owes the mapping', rules: LIBRARY },
];

export const RULES: readonly Rule[] = RULE_SECTIONS.flatMap(({ rules }) => rules);
