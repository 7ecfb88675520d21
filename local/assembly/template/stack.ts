import type { JsonObject } from './json.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly condition: string | undefined;
  /** Ids of the constructs from below the stack down to the resource: `Billing/Mapping/Resource`; empty when unknown. */
  readonly constructPath: readonly string[];
  /** The asset of the resource as the CDK CLI notes it (`aws:asset:path`). */
  readonly assetPath: string | undefined;
}

/** One synthesized stack with its template, unresolved. */
export interface Stack {
  /** Unique in the assembly; for a nested stack the parent's key and its logical id. */
  readonly key: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly outputs: JsonObject;
  /** S3 object key to the file or folder of the asset. */
  readonly assets: ReadonlyMap<string, string>;
  /** Where the assembly of this stack lies. */
  readonly directory: string;
  /** The stack that this one is nested in, and the resource that declares it. */
  readonly parent: { readonly stack: Stack; readonly resource: Resource } | undefined;
}
