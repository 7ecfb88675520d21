import type { Lane } from './lane.ts';
import { hasNext, type Ordering, type Sequence, sequencesOf } from './sequence.ts';

/** Sequences that wait for a worker. */
export interface Queue {
  readonly sequences: readonly Sequence[];
  /** In `none` a sequence stays in the queue while it has records, so that several workers share it. */
  readonly shared: boolean;
  next: number;
}

export function queueOf(lanes: readonly Lane[], ordering: Ordering): Queue {
  return { sequences: sequencesOf(lanes, ordering), shared: ordering === 'none', next: 0 };
}

/** The sequence that waits longest; `undefined` when none waits. */
export function firstWaiting(queue: Queue): Sequence | undefined {
  for (; queue.next < queue.sequences.length; queue.next++) {
    const candidate = queue.sequences[queue.next];
    if (candidate && hasNext(candidate)) return candidate;
  }
  return undefined;
}

export function claim(queue: Queue): Sequence | undefined {
  const waiting = firstWaiting(queue);
  if (!queue.shared) queue.next++;
  return waiting;
}
