import { LocalError } from '../../local-error.ts';
import type { Resource, Stack } from '../template/stack.ts';

/** Where a value stands, for errors: `Properties.Environment.Variables.TABLE` of a resource, or an output's name. */
export interface Place {
  readonly owner: string;
  readonly path: string;
}

/** What an intrinsic function sees of the system while it is resolved. */
export interface Evaluation {
  readonly stack: Stack;
  readonly stacks: readonly Stack[];
  /** Any value of a template, resolved; `undefined` is `AWS::NoValue`. */
  value(raw: unknown): unknown;
  /** As `value`, refusing what is no text; numbers and booleans become text. */
  text(raw: unknown): string;
  list(raw: unknown): readonly unknown[];
  /** A part of the same value: `at` is added to the path in errors. */
  below(at: string): Evaluation;
  /**
   * Resolves another thing of the templates (a resource's attribute, an output, a condition), once each.
   * @throws LocalError when it is being resolved already: a cycle.
   */
  enter<T>(target: Target, run: (evaluation: Evaluation) => T): T;
  /** @throws LocalError always, with the position. */
  fail(message: string): never;
}

export interface Target {
  readonly stack: Stack;
  /** Logical id of the resource, or another unique name. */
  readonly owner: string;
  readonly path: string;
}

interface State {
  readonly stacks: readonly Stack[];
  readonly results: Map<string, unknown>;
}

interface Frame {
  readonly stack: Stack;
  readonly place: Place;
  /** Targets being resolved, outermost first. */
  readonly trail: readonly string[];
  readonly depth: number;
}

/** Nested values, and references that lead to references: far more than a template needs, far less than the stack. */
const maximumDepth = 200;

/** CloudFormation's own bound on a template; a text that grows by references of references stops here. */
const maximumText = 1_000_000;

export type Evaluate = (raw: unknown, evaluation: Evaluation) => unknown;

/** Begins at a resource of a stack. */
export type Resolver = (stack: Stack, resource: Resource) => Evaluation;

export function createResolver(stacks: readonly Stack[], evaluate: Evaluate): Resolver {
  const state: State = { stacks, results: new Map() };
  return (stack, resource) =>
    evaluationAt(
      { stack, place: { owner: resource.logicalId, path: 'Properties' }, trail: [], depth: 0 },
      state,
      evaluate,
    );
}

function evaluationAt(frame: Frame, state: State, evaluate: Evaluate): Evaluation {
  const fail = (message: string): never => {
    throw new LocalError(`${message}, at ${frame.stack.name} ${frame.place.owner} ${frame.place.path}`);
  };
  const inner = (changes: Partial<Frame>): Evaluation => {
    if (frame.depth >= maximumDepth) fail(`values are nested deeper than ${maximumDepth}`);
    return evaluationAt({ ...frame, depth: frame.depth + 1, ...changes }, state, evaluate);
  };
  const value = (raw: unknown): unknown => evaluate(raw, inner({}));
  return {
    stack: frame.stack,
    stacks: state.stacks,
    value,
    text: (raw) => toText(value(raw), fail),
    list: (raw) => toList(value(raw), fail),
    below: (at) => inner({ place: { ...frame.place, path: `${frame.place.path}.${at}` } }),
    enter: (target, run) => enter(target, { frame, state, inner, fail }, run),
    fail,
  };
}

interface Entering {
  readonly frame: Frame;
  readonly state: State;
  readonly inner: (changes: Partial<Frame>) => Evaluation;
  readonly fail: (message: string) => never;
}

function enter<T>(target: Target, { frame, state, inner, fail }: Entering, run: (at: Evaluation) => T): T {
  const node = `${target.stack.key} ${target.owner} ${target.path}`;
  const results = state.results as Map<string, T>;
  const known = results.get(node);
  if (known !== undefined) return known;
  if (frame.trail.includes(node)) fail(`references go in a circle: ${[...frame.trail, node].join(' → ')}`);
  const result = run(
    inner({
      stack: target.stack,
      place: { owner: target.owner, path: target.path },
      trail: [...frame.trail, node],
    }),
  );
  results.set(node, result);
  return result;
}

function toText(value: unknown, fail: (message: string) => never): string {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof text !== 'string') return fail(`expected a text, got ${describe(value)}`);
  return text.length > maximumText ? fail(`a text is longer than ${maximumText} characters`) : text;
}

function toList(value: unknown, fail: (message: string) => never): readonly unknown[] {
  return Array.isArray(value) ? value : fail(`expected a list, got ${describe(value)}`);
}

export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)}`;
}
