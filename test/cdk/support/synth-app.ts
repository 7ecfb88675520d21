/** Builds the reference system without bundling, or any stack of a test, with the flags of cdk.json. */
import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8'));

/** An app with the project's feature flags; bundles nothing. */
export function testApp(extra: Readonly<Record<string, unknown>> = {}): App {
  return new App({
    analyticsReporting: false,
    context: { ...context, 'aws:cdk:bundling-stacks': [], ...extra },
  });
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** The resources of a type, by logical id. */
export function resourcesOf(stack: Stack, type: string): Readonly<Record<string, TemplateResource>> {
  return Template.fromStack(stack).findResources(type) as Record<string, TemplateResource>;
}
