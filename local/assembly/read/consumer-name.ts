import type { Declared } from './declared.ts';

/** A mapping with the function it calls. */
export interface Pairing {
  readonly mapping: Declared;
  readonly called: Declared;
  readonly topic: string;
}

/**
 * The names that people use for the consumers: the construct that holds the mapping (`new KafkaConsumer(this, 'Billing')`
 * is `billing`), else the function's own construct or logical id. Where that names two consumers, the topic tells them
 * apart, then the stack, then the mapping's logical id.
 */
export function consumerNames(pairings: readonly Pairing[]): readonly string[] {
  const forms: readonly ((pairing: Pairing) => string)[] = [
    plainName,
    (pairing) => `${plainName(pairing)}-${kebabCase(pairing.topic)}`,
    (pairing) => `${kebabCase(pairing.mapping.stack.name)}-${plainName(pairing)}`,
    ({ mapping }) => kebabCase(`${mapping.stack.name}-${mapping.resource.logicalId}`),
  ];
  const namings = forms.map((form) => pairings.map(form));
  return namings.find((names) => new Set(names).size === names.length) ?? namings.at(-1) ?? [];
}

function plainName({ mapping, called }: Pairing): string {
  return kebabCase(holderOf(mapping) ?? functionName(called));
}

/** The name of a function that no mapping calls. */
export function functionName(declared: Declared): string {
  return kebabCase(holderOf(declared) ?? constructsOf(declared).at(-1) ?? declared.resource.logicalId);
}

/** The construct around the one that stands for the resource; `undefined` when that is the stack itself. */
function holderOf(declared: Declared): string | undefined {
  return constructsOf(declared).at(-2);
}

/** CDK puts the CloudFormation resource of a construct below it, under the id `Resource`. */
function constructsOf({ resource }: Declared): readonly string[] {
  const path = resource.constructPath;
  return path.at(-1) === 'Resource' ? path.slice(0, -1) : path;
}

export function kebabCase(id: string): string {
  return id
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}
