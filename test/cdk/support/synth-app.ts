/** Apps and stacks of the tests: with the feature flags of cdk.json, without bundling, without the validator unless asked for. */
import { readFileSync } from 'node:fs';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));

// The validator takes seconds to start; one test file turns it on.
process.env.CDK_VALIDATION = 'false';

export function anApp(extra: Readonly<Record<string, unknown>> = {}, outdir?: string): App {
  return new App({
    analyticsReporting: false,
    // Warnings are read from the tree; nothing prints them.
    context: {
      ...context,
      '@aws-cdk/core:annotationsInValidationReport': false,
      'aws:cdk:bundling-stacks': [],
      ...extra,
    },
    ...(outdir && { outdir }),
  });
}

export function aStack(props: StackProps = {}): Stack {
  return new Stack(anApp(), 'Shop', props);
}

export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of a type. */
export function resourcesOf(stack: Stack, type: string): readonly TemplateResource[] {
  return Object.values(Template.fromStack(stack).findResources(type)) as TemplateResource[];
}

/** The one resource of a type. */
export function resourceOf(stack: Stack, type: string): TemplateResource {
  const [resource, ...others] = resourcesOf(stack, type);
  if (!resource || others.length > 0)
    throw new Error(`expected one ${type}, got ${others.length + (resource ? 1 : 0)}`);
  return resource;
}

/** Warnings of a stack that nobody acknowledged, without the words on how to do that. */
export function warningsOf(stack: Stack): readonly string[] {
  return stack.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => String(data).replace(/ \[ack: .*$/s, ''));
}
