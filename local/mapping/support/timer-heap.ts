/** Things to do at a time, earliest first; equal times in the order they were set, so that a run repeats exactly. */
export interface TimerHeap<T> {
  readonly entries: TimerEntry<T>[];
  nextOrder: number;
}

interface TimerEntry<T> {
  readonly at: number;
  readonly order: number;
  readonly action: T;
}

export function createTimerHeap<T>(): TimerHeap<T> {
  return { entries: [], nextOrder: 0 };
}

export function setTimer<T>(heap: TimerHeap<T>, at: number, action: T): void {
  heap.entries.push({ at, order: heap.nextOrder, action });
  heap.nextOrder += 1;
  siftUp(heap.entries, heap.entries.length - 1);
}

/** When the earliest one is due; `undefined` when there is none. */
export function earliest<T>(heap: TimerHeap<T>): number | undefined {
  return heap.entries[0]?.at;
}

/** Takes the earliest action out when it is due. */
export function takeDue<T>(heap: TimerHeap<T>, now: number): T | undefined {
  const first = heap.entries[0];
  if (first === undefined || first.at > now) return undefined;
  const last = heap.entries.pop();
  if (last !== undefined && heap.entries.length > 0) {
    heap.entries[0] = last;
    siftDown(heap.entries, 0);
  }
  return first.action;
}

function before<T>(a: TimerEntry<T> | undefined, b: TimerEntry<T> | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function siftUp<T>(entries: TimerEntry<T>[], from: number): void {
  let index = from;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(entries[index], entries[parent])) return;
    swap(entries, index, parent);
    index = parent;
  }
}

function siftDown<T>(entries: TimerEntry<T>[], from: number): void {
  let index = from;
  for (;;) {
    const left = index * 2 + 1;
    const right = left + 1;
    let smallest = before(entries[left], entries[index]) ? left : index;
    if (before(entries[right], entries[smallest])) smallest = right;
    if (smallest === index) return;
    swap(entries, index, smallest);
    index = smallest;
  }
}

function swap<T>(entries: TimerEntry<T>[], a: number, b: number): void {
  const first = entries[a];
  const second = entries[b];
  if (first === undefined || second === undefined) return;
  entries[a] = second;
  entries[b] = first;
}
