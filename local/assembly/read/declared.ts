import { createResolver, type Evaluation } from '../resolve/evaluation.ts';
import { exists, resolveValue } from '../resolve/resolve-value.ts';
import { attributeOf, physicalName } from '../resources/attributes.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { type Fields, fieldsOf } from './fields.ts';

/** A resource of the templates that is really created (its condition holds), ready to be read. */
export interface Declared {
  readonly resource: Resource;
  readonly stack: Stack;
  readonly fields: Fields;
  readonly at: Evaluation;
  /** Its physical name. */
  name(): string;
  attribute(name: string): string;
}

/** Finds the resources of some types, in the order of the stacks. */
export type FindDeclared = (...types: readonly string[]) => readonly Declared[];

export function declaredIn(stacks: readonly Stack[]): FindDeclared {
  const resolver = createResolver(stacks, resolveValue);
  return (...types) =>
    stacks.flatMap((stack) =>
      [...stack.resources.values()]
        .filter((resource) => types.includes(resource.type))
        .map((resource) => declared(stack, resource, resolver(stack, resource)))
        .filter(({ resource, at }) => exists(resource, at)),
    );
}

function declared(stack: Stack, resource: Resource, at: Evaluation): Declared {
  return {
    stack,
    resource,
    at,
    fields: fieldsOf(resource.properties, at),
    name: () => physicalName(resource, at),
    attribute: (name) => attributeOf(resource, name, at),
  };
}

/** How people find a resource in their templates: stack and logical id. */
export function positionOf({ stack, resource }: Pick<Declared, 'stack' | 'resource'>): string {
  return `${stack.name} ${resource.logicalId}`;
}
