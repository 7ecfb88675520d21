import { describe, expect, it } from 'vitest';
import {
  isRunning,
  type LifecycleEvent,
  type MappingLifecycle,
  nextLifecycle,
} from '../../../../local/mapping/lifecycle/lifecycle.ts';

function states(...events: readonly LifecycleEvent[]) {
  let state: MappingLifecycle = 'Creating';
  return events.map((event) => {
    const transition = nextLifecycle(state, event);
    if (transition.kind === 'changed') state = transition.state;
    return transition.kind === 'in-use' ? 'ResourceInUse' : state;
  });
}

describe('a mapping', () => {
  it.each([
    [
      ['started', 'disable', 'quiet', 'enable', 'started'],
      ['Enabled', 'Disabling', 'Disabled', 'Enabling', 'Enabled'],
    ],
    [
      ['disable', 'enable'],
      ['Disabled', 'Enabling'],
    ],
    [
      ['started', 'update', 'updated', 'delete'],
      ['Enabled', 'Updating', 'Enabled', 'Deleting'],
    ],
  ] as const)('goes through %j as %j', (events, expected) => {
    expect(states(...events)).toEqual(expected);
  });

  it.each([
    ['disable', 'enable'],
    ['update', 'update'],
    ['delete', 'disable'],
  ] as const)('is in use while %s is under way, when %s is asked for', (first, second) => {
    expect(states('started', first, second).at(-1)).toBe('ResourceInUse');
  });

  it('begins nothing new when it is Disabling, Disabled or Deleting', () => {
    const running = (
      ['Creating', 'Enabling', 'Enabled', 'Disabling', 'Disabled', 'Updating', 'Deleting'] as const
    ).filter(isRunning);
    expect(running).toEqual(['Creating', 'Enabling', 'Enabled', 'Updating']);
  });
});
