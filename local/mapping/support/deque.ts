/** A first-in-first-out queue with constant-time ends: `Array.shift` would move every element. */
export interface Deque<T> {
  items: (T | undefined)[];
  head: number;
}

/** Below this the consumed front of the array is not worth moving. */
const COMPACT_FROM = 1024;

export function createDeque<T>(): Deque<T> {
  return { items: [], head: 0 };
}

export function sizeOf<T>(deque: Deque<T>): number {
  return deque.items.length - deque.head;
}

export function push<T>(deque: Deque<T>, item: T): void {
  deque.items.push(item);
}

export function peek<T>(deque: Deque<T>): T | undefined {
  return deque.items[deque.head];
}

export function shift<T>(deque: Deque<T>): T | undefined {
  const item = deque.items[deque.head];
  if (deque.head === deque.items.length) return undefined;
  deque.items[deque.head] = undefined;
  deque.head += 1;
  if (deque.head === deque.items.length) clear(deque);
  else if (deque.head >= COMPACT_FROM && deque.head * 2 >= deque.items.length) compact(deque);
  return item;
}

export function clear<T>(deque: Deque<T>): void {
  deque.items = [];
  deque.head = 0;
}

function compact<T>(deque: Deque<T>): void {
  deque.items = deque.items.slice(deque.head);
  deque.head = 0;
}
