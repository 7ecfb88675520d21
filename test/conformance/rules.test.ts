import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KNOB_TABLE } from '../../local/mapping/knobs.ts';
import { fidelityDocument, scenariosOf } from './fidelity.ts';
import { RULES } from './rules.ts';
import { SCENARIOS } from './scenarios.ts';

const project = join(import.meta.dirname, '..', '..');
const known = new Set(RULES.map(({ id }) => id));

/** R1 to R164 with their sub-rules, and the seventeen of the handler. */
const EXPECTED = [
  ...Array.from({ length: 164 }, (_, index) => `R${index + 1}`).filter((id) => id !== 'R86'),
  ...['R5a', 'R5b', 'R86a', 'R86b', 'R86c', 'R86d', 'R86e', 'R86f', 'R86g', 'R103a'],
  ...Array.from({ length: 17 }, (_, index) => `R-L${index + 1}`),
];

describe('the table of rules', () => {
  test('has every rule once', () => {
    expect(RULES.map(({ id }) => id).toSorted()).toEqual(EXPECTED.toSorted());
  });

  test('has for each rule a scenario, a test, or the reason why it is out of scope', () => {
    const bare = RULES.filter(
      ({ id, tests = [], outOfScope }) =>
        scenariosOf(id).length === 0 && tests.length === 0 && outOfScope === undefined,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('names only files that are there', () => {
    const files = RULES.flatMap(({ id, where = [], tests = [] }) =>
      [...where, ...tests].map((file) => ({ id, file })),
    );
    expect(files.filter(({ file }) => !existsSync(join(project, file)))).toEqual([]);
  });

  test('names only knobs that there are, and every knob', () => {
    const named = new Set(RULES.flatMap(({ knob }) => knob ?? []));
    expect([...named].toSorted()).toEqual([...Object.keys(KNOB_TABLE), 'backoff'].toSorted());
  });
});

describe('the scenarios', () => {
  test('cite only rules that there are, and each at least one', () => {
    const strange = SCENARIOS.flatMap(({ id, rules }) =>
      rules.filter((rule) => !known.has(rule)).map((rule) => `${id}: ${rule}`),
    );
    expect(strange).toEqual([]);
    expect(SCENARIOS.filter(({ rules }) => rules.length === 0)).toEqual([]);
  });

  test('have a name of their own each', () => {
    const ids = SCENARIOS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('expect something each', () => {
    const empty = SCENARIOS.filter(({ expect: expectation, listedOnly, fromLowest }) =>
      [expectation, listedOnly ?? {}, fromLowest ?? {}].every((one) => Object.keys(one).length === 0),
    );
    expect(empty).toEqual([]);
  });
});

test('docs/fidelity.md is as npm run docs:fidelity writes it', () => {
  expect(readFileSync(join(project, 'docs', 'fidelity.md'), 'utf8')).toBe(fidelityDocument());
});
