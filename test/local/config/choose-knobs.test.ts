import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalConfig } from 'lanewise/local';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseKnobs, type KnobFlag } from '../../../local/config/choose-knobs.ts';
import { DEFAULT_KNOBS } from '../../../local/mapping/knobs.ts';

let projectDirectory: string;
beforeEach(async () => {
  projectDirectory = await mkdtemp(join(tmpdir(), 'lanewise-config-'));
});
afterEach(() => rm(projectDirectory, { recursive: true }));

async function choose(text?: string, ...flags: readonly KnobFlag[]) {
  if (text !== undefined) await writeFile(join(projectDirectory, 'lanewise.config.ts'), text);
  return chooseKnobs({ projectDirectory }, flags);
}

describe('the knobs of a run', () => {
  test('are the defaults without a file and flags', async () => {
    expect(await choose()).toEqual(DEFAULT_KNOBS);
  });

  test('are those of lanewise.config.ts, whose types are stripped', async () => {
    const knobs = await choose(`
      import type { LocalConfig } from 'lanewise/local';
      export default { knobs: { nullStyle: 'null', backoff: { initialMs: 5 } } } satisfies LocalConfig;`);
    expect(knobs).toEqual({
      ...DEFAULT_KNOBS,
      nullStyle: 'null',
      backoff: { ...DEFAULT_KNOBS.backoff, initialMs: 5 },
    });
  });

  test('are those of the command line over those of the file', async () => {
    const text = "export default { knobs: { nullStyle: 'null', thinRetry: 'never' } };";
    expect(await choose(text, { name: 'thinRetry', value: 'always' })).toMatchObject({
      nullStyle: 'null',
      thinRetry: 'always',
    });
  });

  test('are those of another file that was asked for', async () => {
    const file = join(projectDirectory, 'other.ts');
    await writeFile(file, "export default { knobs: { nullStyle: 'null' } };");
    expect(await chooseKnobs({ projectDirectory, file }, [])).toMatchObject({ nullStyle: 'null' });
  });
});

describe('a configuration is refused in one line', () => {
  test.each([
    [
      'an error that it throws',
      "throw new Error('no disk');",
      /^cannot load lanewise\.config\.ts: Error: no disk \(line 1\)$/,
    ],
    ['no default export', 'export const knobs = {};', /^lanewise\.config\.ts has no default export/],
    ['no object', 'export default 7;', 'the default export of lanewise.config.ts must be an object, got 7'],
    [
      'an unknown key',
      'export default { knob: {} };',
      'lanewise.config.ts has no key "knob"; did you mean "knobs"? keys: knobs',
    ],
    [
      'knobs that are no object',
      'export default { knobs: [] };',
      '"knobs" in lanewise.config.ts must be an object, got []',
    ],
    [
      'an unknown knob',
      "export default { knobs: { nulStyle: 'null' } };",
      /^lanewise\.config\.ts: there is no knob "nulStyle"; did you mean "nullStyle"\?/,
    ],
    [
      'an unknown part of the back-off',
      'export default { knobs: { backoff: { initial: 5 } } };',
      /^"backoff" in lanewise\.config\.ts has no key "initial"; did you mean "initialMs"\?/,
    ],
    [
      'a value that a knob does not take',
      "export default { knobs: { nullStyle: 'nil' } };",
      'lanewise.config.ts: knob "nullStyle" must be omit or null, got "nil"',
    ],
  ])('for %s', async (_, text, message) => {
    const error = await choose(text).catch((caught: Error) => caught);
    expect(error).toMatchObject({ name: 'LocalError' });
    const said = error instanceof Error ? error.message : '';
    expect(said).not.toContain('\n');
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  test('when a file that was asked for is not there', async () => {
    await expect(chooseKnobs({ projectDirectory, file: 'nowhere.ts' }, [])).rejects.toThrow(
      'there is no configuration file nowhere.ts',
    );
  });
});

test('the type of a configuration knows the knobs and their values', () => {
  const sound: LocalConfig = {
    knobs: { thinRetry: 'never', ageCondition: 'any text', backoff: { factor: 3 } },
  };
  expect(sound).toBeDefined();
  // @ts-expect-error a value that the knob does not take
  expect({ knobs: { thinRetry: 'sometimes' } } satisfies LocalConfig).toBeDefined();
  // @ts-expect-error a knob that does not exist
  expect({ knobs: { thinRetries: 'never' } } satisfies LocalConfig).toBeDefined();
});
