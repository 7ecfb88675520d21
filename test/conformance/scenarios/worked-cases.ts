import type { Scenario } from '../scenario.ts';

const TO_TOPIC = { kind: 'kafka', topic: 'given-up' } as const;
const ALL = '0: 0 1 2 3 4 | 1: 0 1';

/** Partition 0 holds five records, partition 1 two; two retries, a destination. */
const base = { topic: [5, 2], config: { destination: TO_TOPIC }, strict: true } as const;

export const WORKED_CASES: readonly Scenario[] = [
  {
    ...base,
    id: 'C10.W1',
    title: 'one reported record comes again, alone or with all behind it',
    rules: ['R74', 'R86a', 'R86b', 'R86e', 'R62', 'R15'],
    answers: [{ on: 'first', reports: ['0@2'] }],
    expect: { commits: { 0: [2, 5], 1: [2] }, discards: [] },
    listedOnly: { deliveries: [`first ${ALL}`, 'reported 0: 2'] },
    fromLowest: { deliveries: [`first ${ALL}`, 'reported 0: 2 3 4'] },
  },
  {
    ...base,
    id: 'C10.W2',
    title: 'two records that are reported for ever are given up together after three attempts',
    rules: ['R86b', 'R86d', 'R87', 'R98', 'R99', 'R121', 'R122', 'R123'],
    answers: [{ on: '0@2', reports: ['0@2', '0@4'] }],
    expect: { commits: { 0: [2, 5], 1: [2] } },
    listedOnly: {
      deliveries: [`first ${ALL}`, 'reported 0: 2 4', 'reported 0: 2 4'],
      discards: [
        { records: '0: 2 4', condition: 'RetryAttemptsExhausted', attempts: 3, functionError: null },
      ],
    },
    fromLowest: {
      deliveries: [`first ${ALL}`, 'reported 0: 2 3 4', 'reported 0: 2 3 4'],
      discards: [
        { records: '0: 2 3 4', condition: 'RetryAttemptsExhausted', attempts: 3, functionError: null },
      ],
    },
  },
  {
    ...base,
    id: 'C10.W3',
    title: 'a function that reports the whole tail gets the whole tail, under both readings',
    rules: ['R86e', 'R-L4'],
    answers: [{ on: 'first', reports: ['0@2', '0@3', '0@4'] }],
    expect: { deliveries: [`first ${ALL}`, 'reported 0: 2 3 4'], commits: { 0: [2, 5], 1: [2] } },
  },
  {
    ...base,
    id: 'C10.W4',
    title:
      'a function that stops at its first failure and reports that one alone loses the rest when read as listed-only',
    rules: ['R86e', 'R-L7'],
    answers: [{ on: 'first', reports: ['0@2'] }],
    expect: { commits: { 0: [2, 5], 1: [2] } },
    listedOnly: { deliveries: [`first ${ALL}`, 'reported 0: 2'] },
    fromLowest: { deliveries: [`first ${ALL}`, 'reported 0: 2 3 4'] },
  },
  {
    ...base,
    id: 'C10.W5',
    title: 'an identifier that is not in the event brings the whole batch again',
    rules: ['R75', 'R76'],
    answers: [{ on: 'first', reports: ['0@2', '0@99'] }],
    expect: {
      deliveries: [`first ${ALL}`, `repeated ${ALL}`],
      diagnostics: ['R75'],
      commits: { 0: [5], 1: [2] },
    },
  },
  {
    ...base,
    id: 'C10.W6',
    title: 'a batch that throws for ever is given up as one destination record of both partitions',
    rules: ['R69', 'R85', 'R87', 'R122', 'R123'],
    answers: [{ on: 'every', fails: 'thrown' }],
    expect: {
      deliveries: [`first ${ALL}`, `repeated ${ALL}`, `repeated ${ALL}`],
      commits: { 0: [5], 1: [2] },
      discards: [
        { records: ALL, condition: 'RetryAttemptsExhausted', attempts: 3, functionError: 'Unhandled' },
      ],
    },
  },
  {
    ...base,
    id: 'C10.W7',
    title: 'after a crash before the retry everything from the watermark comes again',
    rules: ['R62', 'R63', 'R6'],
    answers: [{ on: 'first', reports: ['0@2'] }],
    steps: [
      { do: 'produce', topic: [] },
      { do: 'start' },
      { do: 'until', deliveries: 1 },
      { do: 'pass', ms: 10 },
      { do: 'crash' },
      { do: 'start' },
      { do: 'drain' },
    ],
    expect: { deliveries: [`first ${ALL}`, 'first 0: 2 3 4'], commits: { 0: [2, 5], 1: [2] } },
    notOnKafka: 'the crash has to come between the commit and the retry',
  },
];
