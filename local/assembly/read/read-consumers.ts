import { refuseLongTimeout } from '../../function/create-function.ts';
import { LocalError } from '../../local-error.ts';
import type { FunctionConfig, LocalSystem } from '../local-system.ts';
import { consumerNames, functionName, type Pairing } from './consumer-name.ts';
import { type Declared, type FindDeclared, positionOf } from './declared.ts';
import { dynamicReferences, readFunction } from './read-function.ts';
import { isKafkaMapping, mappingNotes, readMapping, topicOf } from './read-mapping.ts';

type Consumers = Pick<LocalSystem, 'functions' | 'mappings' | 'notes'>;

interface Named extends Pairing {
  readonly consumer: string;
  readonly functionArn: string;
}

/**
 * The Kafka mappings with their functions, and every other function that can be run.
 *
 * @throws LocalError when there is no Kafka mapping, or a consumer cannot be run.
 */
export function readConsumers(find: FindDeclared): Consumers {
  const declaredMappings = find('AWS::Lambda::EventSourceMapping');
  const functions = find('AWS::Lambda::Function');
  const named = nameConsumers(declaredMappings.filter(isKafkaMapping), functions);
  const consumers = readConsumerFunctions(named);
  const others = readOtherFunctions(functions.filter((declared) => !consumers.has(declared)));
  return {
    mappings: named.map(({ mapping, called, consumer, functionArn }) => ({
      functionLogicalId: called.resource.logicalId,
      config: readMapping(mapping, consumer, functionArn),
    })),
    functions: [...consumers.values(), ...others.functions],
    notes: [
      ...declaredMappings
        .filter((declared) => !isKafkaMapping(declared))
        .map((declared) => `${positionOf(declared)} reads no Kafka topic: left out`),
      ...named.flatMap(({ mapping }) => mappingNotes(mapping)),
      ...[...consumers].flatMap(([declared, config]) => dynamicReferences(config, declared)),
      ...others.notes,
    ],
  };
}

function nameConsumers(mappings: readonly Declared[], functions: readonly Declared[]): readonly Named[] {
  if (mappings.length === 0) {
    throw new LocalError(
      'the templates declare no Kafka mapping (an AWS::Lambda::EventSourceMapping with Topics): there is nothing to run',
    );
  }
  const found = mappings.map((mapping) => findFunction(mapping, functions));
  const names = consumerNames(found);
  return found.map((pairing, index) => ({ ...pairing, consumer: names[index] ?? '' }));
}

/** A name, an ARN or a partial ARN, each with or without the qualifier of a version or alias. */
const functionReference = /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d+:)?(?:function:)?([^:]+)(?::([^:]+))?$/;

function findFunction(mapping: Declared, functions: readonly Declared[]): Omit<Named, 'consumer'> {
  const { fields } = mapping;
  const reference = fields.required('FunctionName');
  const [, name, qualifier] = functionReference.exec(reference) ?? [];
  const called = functions.find((declared) => declared.name() === name);
  if (called === undefined) {
    return fields.fail(
      'FunctionName',
      `the mapping calls ${reference}, which no stack of this assembly declares`,
    );
  }
  const arn = called.attribute('Arn');
  const functionArn = qualifier === undefined ? arn : `${arn}:${qualifier}`;
  return { mapping, called, topic: topicOf(fields), functionArn };
}

/** Each function once; it goes by the name of its first mapping. */
function readConsumerFunctions(named: readonly Named[]): ReadonlyMap<Declared, FunctionConfig> {
  const configs = new Map<Declared, FunctionConfig>();
  for (const { called, consumer } of named) {
    if (configs.has(called)) continue;
    const twin = [...configs.keys()].find(({ resource }) => resource.logicalId === called.resource.logicalId);
    if (twin !== undefined) refuseTwins(twin, called);
    const config = readFunction(called, consumer);
    refuseLongTimeout(config);
    configs.set(called, config);
  }
  return configs;
}

function refuseTwins(one: Declared, other: Declared): never {
  throw new LocalError(
    `stacks ${one.stack.name} and ${other.stack.name} both declare the consumer ${one.resource.logicalId}: ` +
      'lanewise runs one copy of an app, so synthesize one stage only',
  );
}

function readOtherFunctions(functions: readonly Declared[]): Pick<Consumers, 'functions' | 'notes'> {
  const read: FunctionConfig[] = [];
  const notes: string[] = [];
  for (const declared of functions) {
    try {
      read.push(readFunction(declared, functionName(declared)));
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      notes.push(`left out: ${error.message}`);
    }
  }
  return { functions: read, notes };
}
