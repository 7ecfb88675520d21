/** The states of a mapping (R156, documented) and what leads from one to another (R157, assumed from their names). */
export type MappingLifecycle =
  | 'Creating'
  | 'Enabling'
  | 'Enabled'
  | 'Disabling'
  | 'Disabled'
  | 'Updating'
  | 'Deleting';

export type LifecycleEvent = 'started' | 'enable' | 'disable' | 'update' | 'updated' | 'delete' | 'quiet';

export type Transition =
  | { readonly kind: 'changed'; readonly state: MappingLifecycle }
  /** The event means nothing in this state. */
  | { readonly kind: 'unchanged' }
  /** R161, assumed: a change while another one is under way is `ResourceInUse`. */
  | { readonly kind: 'in-use'; readonly message: string };

const NEXT: Readonly<Record<MappingLifecycle, Partial<Record<LifecycleEvent, MappingLifecycle>>>> = {
  Creating: { started: 'Enabled', disable: 'Disabled', delete: 'Deleting' },
  Enabling: { started: 'Enabled', delete: 'Deleting' },
  Enabled: { disable: 'Disabling', update: 'Updating', delete: 'Deleting' },
  Disabling: { quiet: 'Disabled', delete: 'Deleting' },
  Disabled: { enable: 'Enabling', update: 'Updating', delete: 'Deleting' },
  Updating: { updated: 'Enabled', delete: 'Deleting' },
  Deleting: {},
};

const CHANGES: ReadonlySet<LifecycleEvent> = new Set(['enable', 'disable', 'update']);
const PASSING: ReadonlySet<MappingLifecycle> = new Set(['Enabling', 'Disabling', 'Updating', 'Deleting']);

export function nextLifecycle(state: MappingLifecycle, event: LifecycleEvent): Transition {
  const next = NEXT[state][event];
  if (next !== undefined) return { kind: 'changed', state: next };
  if (!CHANGES.has(event) || !PASSING.has(state)) return { kind: 'unchanged' };
  return {
    kind: 'in-use',
    message: `cannot ${event} the event source mapping while it is ${state}; wait until it is Enabled or Disabled`,
  };
}

/** Whether new work may begin. */
export function isRunning(state: MappingLifecycle): boolean {
  return state === 'Enabled' || state === 'Creating' || state === 'Enabling' || state === 'Updating';
}
