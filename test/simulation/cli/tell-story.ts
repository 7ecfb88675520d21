import type { SeedRun } from '../run-seed.ts';
import type { StoryLine } from '../world/world.ts';

/** Lines of a story that are told when not all of it is asked for. */
const LINES = 25;

/** What led to the failure: the last steps of the partitions that it names. */
export function lastOf({ story, failure }: SeedRun): readonly StoryLine[] {
  const named = new Set(
    [...(failure ?? '').matchAll(/\b(\d+)@\d+/g)].map(([, partition]) => Number(partition)),
  );
  const relevant = story.filter(
    ({ partitions }) =>
      named.size === 0 || partitions.length === 0 || partitions.some((partition) => named.has(partition)),
  );
  return relevant.slice(-LINES);
}

/** `   1.733 s  mapping 0 invokes batch 8: …` */
export function formatLine({ time, text }: StoryLine): string {
  return `${(time / 1000).toFixed(3).padStart(10)} s  ${text}`;
}
