import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { FunctionConfig } from '../local-system.ts';
import { isObject } from '../template/json.ts';
import { type Declared, positionOf } from './declared.ts';

/**
 * A function with its bundled code.
 *
 * @throws LocalError for what a worker thread cannot run: inline code, an image, layers, another runtime than Node.js.
 */
export function readFunction(declared: Declared, name: string): FunctionConfig {
  const { fields, resource, stack } = declared;
  refuseForeign(declared, name);
  const logging = fields.below('LoggingConfig');
  const logGroupName = logging.text('LogGroup');
  const logFormat = logging.text('LogFormat');
  const logLevel = logging.text('ApplicationLogLevel');
  return {
    logicalId: resource.logicalId,
    stack: stack.name,
    name,
    functionName: declared.name(),
    arn: declared.attribute('Arn'),
    codeDirectory: codeDirectory(declared, name),
    handler: fields.required('Handler'),
    runtime: fields.required('Runtime'),
    timeout: (fields.whole('Timeout') ?? 3) * 1000,
    memorySize: fields.whole('MemorySize') ?? 128,
    environment: environmentOf(declared),
    reservedConcurrency: fields.whole('ReservedConcurrentExecutions'),
    ...(logGroupName !== undefined && { logGroupName }),
    ...(logFormat !== undefined && { logFormat }),
    ...(logLevel !== undefined && { logLevel }),
  };
}

function refuseForeign({ fields }: Declared, name: string): void {
  const code = fields.below('Code');
  if (fields.text('PackageType') === 'Image' || code.has('ImageUri')) {
    fields.fail('Code', `function ${name} is a container image, which lanewise does not run`);
  }
  if (code.has('ZipFile')) {
    fields.fail(
      'Code.ZipFile',
      `function ${name} has inline code, which lanewise does not run: make it an asset`,
    );
  }
  const runtime = fields.text('Runtime') ?? '';
  if (!runtime.startsWith('nodejs')) {
    fields.fail('Runtime', `function ${name} runs on '${runtime}', lanewise runs Node.js functions only`);
  }
  if (fields.list('Layers').length > 0) {
    fields.fail(
      'Layers',
      `function ${name} uses layers, which lanewise does not load: bundle what they hold`,
    );
  }
}

/** The asset that the code's S3 key stands for, or the one that the CDK CLI noted beside the resource. */
function codeDirectory({ fields, resource, stack }: Declared, name: string): string {
  const noted = resource.assetPath;
  const fromNote = noted === undefined || isAbsolute(noted) ? noted : join(stack.directory, noted);
  const path = stack.assets.get(fields.below('Code').text('S3Key') ?? '') ?? fromNote;
  if (path === undefined)
    return fields.fail('Code', `the code of function ${name} is no asset of this assembly`);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return fields.fail(
      'Code',
      `the bundle of function ${name} is missing (${path}): synthesize the app again`,
    );
  }
  if (found.isDirectory()) return path;
  return fields.fail(
    'Code',
    `the bundle of function ${name} is a file (${path}), lanewise runs folders only`,
  );
}

function environmentOf(declared: Declared): Readonly<Record<string, string>> {
  const variables = declared.fields.below('Environment').below('Variables');
  const raw = declared.fields.below('Environment').value('Variables');
  const names = isObject(raw) ? Object.keys(raw) : [];
  return Object.fromEntries(names.map((name) => [name, variables.required(name)]));
}

/** Variables that CloudFormation fills in at deploy from a secret or a parameter store, which a local run has not. */
export function dynamicReferences(config: FunctionConfig, declared: Declared): readonly string[] {
  return Object.entries(config.environment)
    .filter(([, value]) => value.includes('{{resolve:'))
    .map(
      ([name]) => `variable ${name} of ${positionOf(declared)} is a dynamic reference: handed over as it is`,
    );
}
