import { isPromiseLike } from '../decode/promise-like.ts';
import type { Observer } from './observer.ts';

type Hook = keyof Observer;
type EventOf<Name extends Hook> = Parameters<NonNullable<Observer[Name]>>[0];

/** Calls a hook as a method of its observer. An `async` hook is a function like any other to the compiler, so its rejection is caught too. */
export function notify<Name extends Hook>(
  observer: Observer | undefined,
  name: Name,
  event: EventOf<Name>,
): void {
  try {
    const hook = observer?.[name] as ((event: EventOf<Name>) => unknown) | undefined;
    const result = hook?.call(observer, event);
    if (isPromiseLike(result)) result.then(undefined, () => {});
  } catch {
    // The record's outcome does not depend on who watches.
  }
}
