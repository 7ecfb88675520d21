import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { LocalError } from '../../local-error.ts';
import { isObject, type JsonObject, readJsonObject, section } from './json.ts';
import { readTemplate } from './read-template.ts';
import type { Resource, Stack } from './stack.ts';

const defaultRegion = 'eu-central-1';
/** Nobody's account, and the one that the embedded SNS writes into its ARNs. */
const defaultAccount = '000000000000';

/** Bounds assemblies within assemblies (stages) and stacks within stacks. */
const maximumNesting = 8;

/**
 * All stacks of a cloud assembly, those of stages and nested stacks included.
 *
 * @throws LocalError when the directory holds no cloud assembly.
 */
export function readStacks(directory: string): readonly Stack[] {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new LocalError(
      `${resolve(directory)} is no cloud assembly: it has no manifest.json (cdk synth writes one to cdk.out)`,
    );
  }
  return readManifest(resolve(directory), 0);
}

function readManifest(directory: string, nesting: number): readonly Stack[] {
  if (nesting > maximumNesting)
    throw new LocalError(`${directory} nests more than ${maximumNesting} assemblies`);
  const artifacts = section(readJsonObject(join(directory, 'manifest.json')), 'artifacts');
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (!isObject(artifact)) return [];
    const properties = section(artifact, 'properties');
    if (artifact.type === 'cdk:cloud-assembly' && typeof properties.directoryName === 'string') {
      return readManifest(join(directory, properties.directoryName), nesting + 1);
    }
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    return withNested(readStack(directory, { id, artifact, properties, artifacts }), 0);
  });
}

interface StackArtifact {
  readonly id: string;
  readonly artifact: JsonObject;
  readonly properties: JsonObject;
  readonly artifacts: JsonObject;
}

function readStack(directory: string, { id, artifact, properties, artifacts }: StackArtifact): Stack {
  const templateFile = properties.templateFile;
  if (typeof templateFile !== 'string') throw new LocalError(`stack ${id} in ${directory} names no template`);
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(artifact.environment)) ?? [];
  return readTemplate(readJsonObject(join(directory, templateFile)), {
    key: id,
    name: typeof properties.stackName === 'string' ? properties.stackName : id,
    region: known(region, 'unknown-region', defaultRegion),
    account: known(account, 'unknown-account', defaultAccount),
    assets: readAssets(directory, artifact, artifacts),
    directory,
    parent: undefined,
    constructPath: typeof artifact.displayName === 'string' ? (artifact.displayName.split(' ')[0] ?? id) : id,
  });
}

function known(value: string | undefined, unknown: string, fallback: string): string {
  return value === undefined || value === unknown ? fallback : value;
}

/** The asset manifests that the stack depends on. */
function readAssets(
  directory: string,
  stack: JsonObject,
  artifacts: JsonObject,
): ReadonlyMap<string, string> {
  const dependencies = Array.isArray(stack.dependencies) ? stack.dependencies : [];
  const files = dependencies
    .map((id) => section(artifacts, String(id)))
    .filter((artifact) => artifact.type === 'cdk:asset-manifest')
    .map((artifact) => section(artifact, 'properties').file);
  return new Map(
    files.flatMap((file) =>
      typeof file === 'string' ? assetsOf(directory, readJsonObject(join(directory, file))) : [],
    ),
  );
}

function assetsOf(directory: string, manifest: JsonObject): readonly (readonly [string, string])[] {
  return Object.values(section(manifest, 'files')).flatMap((file) => {
    if (!isObject(file)) return [];
    const path = section(file, 'source').path;
    if (typeof path !== 'string') return [];
    return Object.values(section(file, 'destinations')).flatMap((destination) => {
      const key = isObject(destination) ? destination.objectKey : undefined;
      return typeof key === 'string' ? [[key, absolute(directory, path)] as const] : [];
    });
  });
}

function absolute(directory: string, path: string): string {
  return isAbsolute(path) ? path : join(directory, path);
}

function withNested(stack: Stack, nesting: number): readonly Stack[] {
  if (nesting > maximumNesting)
    throw new LocalError(`stack ${stack.name} nests more than ${maximumNesting} stacks`);
  const nested = [...stack.resources.values()]
    .filter((resource) => resource.type === 'AWS::CloudFormation::Stack')
    .flatMap((resource) => readNested(stack, resource))
    .flatMap((child) => withNested(child, nesting + 1));
  return [stack, ...nested];
}

/** A nested stack whose template is no asset of this assembly stays out; a reference into it is an error then. */
function readNested(parent: Stack, resource: Resource): readonly Stack[] {
  const file = nestedTemplate(parent, resource);
  if (file === undefined) return [];
  const { region, account, assets, directory } = parent;
  return [
    readTemplate(readJsonObject(file), {
      key: `${parent.key}/${resource.logicalId}`,
      name: `${parent.name}-${resource.logicalId}`,
      region,
      account,
      assets,
      directory,
      parent: { stack: parent, resource },
      constructPath: '',
    }),
  ];
}

function nestedTemplate(parent: Stack, resource: Resource): string | undefined {
  if (resource.assetPath !== undefined) return absolute(parent.directory, resource.assetPath);
  const url = JSON.stringify(resource.properties.TemplateURL ?? '');
  return [...parent.assets].find(([key]) => url.includes(key))?.[1];
}
