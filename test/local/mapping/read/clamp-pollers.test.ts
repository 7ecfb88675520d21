import { describe, expect, it } from 'vitest';
import { clampPollers, wantedPollers } from '../../../../local/mapping/read/clamp-pollers.ts';
import { records } from '../support/builders.ts';
import { append, assign, play, virtualMapping } from '../support/virtual-mapping.ts';

describe('pollers', () => {
  it.each([
    [1, undefined, 8, 1],
    [4, undefined, 2, 2],
    [1, { minimumPollers: 3, maximumPollers: 10 }, 8, 3],
    [1, { minimumPollers: 3, maximumPollers: 10 }, 2, 2],
    [50, { minimumPollers: 1, maximumPollers: 6 }, 64, 6],
    [1, { minimumPollers: 1, maximumPollers: 6 }, 0, 1],
  ])('%i wanted, with %j, over %i partitions, are %i', (wanted, provisioned, partitions, expected) => {
    expect(clampPollers(wanted, provisioned, partitions)).toBe(expected);
  });

  it.each([
    ['double when the lag is more than a minute of work', 2, { lag: 1000, records: 10, throttles: 0 }, 4],
    ['stay when a minute is enough', 2, { lag: 10, records: 1000, throttles: 0 }, 2],
    ['halve when there is no lag', 4, { lag: 0, records: 1000, throttles: 0 }, 2],
    ['halve when the function throttles', 4, { lag: 1000, records: 0, throttles: 3 }, 2],
    ['are one at least', 1, { lag: 0, records: 0, throttles: 0 }, 1],
  ])('%s', (_title, current, minute, expected) => {
    expect(wantedPollers(current, minute)).toBe(expected);
  });

  it('of a mapping grow each minute while it lags, take their partitions along, and lose nothing', () => {
    const world = virtualMapping({
      config: { batchSize: 1, provisioned: { minimumPollers: 1, maximumPollers: 8 } },
      duration: 5000,
    });
    for (let partition = 0; partition < 8; partition += 1) append(world, records(partition, 0, 99));
    assign(world, ...world.topic.keys());
    const counts = [0, 0, 0].map(() => {
      play(world, 60_001);
      return world.state.pollers.length;
    });
    expect(counts).toEqual([2, 4, 8]);
    play(world, 1_200_000);
    expect([...world.committed.values()]).toEqual(Array(8).fill(100));
    expect(world.state.counters.get(3)).toMatchObject({ delivered: 100, succeeded: 100 });
  });
});
