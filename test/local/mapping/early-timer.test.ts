import { expect, it } from 'vitest';
import { applyInput } from '../../../local/mapping/apply-input.ts';
import { records, START, THROWS } from './support/builders.ts';
import { append, assign, play, virtualMapping } from './support/virtual-mapping.ts';

it('asks for its timer again when one goes off a millisecond before its time', () => {
  const world = virtualMapping({ script: () => THROWS });
  append(world, records(0, 0, 1));
  assign(world, 0);
  play(world, 600);
  const retryAt = world.wakeAt;

  const { commands } = applyInput(world.state, { kind: 'tick' }, retryAt - 1);

  expect(retryAt).toBeGreaterThan(START + 600);
  expect(commands).toEqual([{ kind: 'wake', at: retryAt }]);
});
