import type { SchemaOutcome, SchemaStep } from '../../../local/mapping/read/schema-step.ts';
import type { Scenario, SchemaData } from '../scenario.ts';

/** A schema registry that says of each record what the scenario says. */
export function scenarioSchema(outcomes: NonNullable<Scenario['schema']>): SchemaStep {
  const looked = new Set<string>();
  return ({ partition, offset }) => {
    const place = `${partition}@${offset}`;
    const first = !looked.has(place);
    looked.add(place);
    return outcomeOf(outcomes[place], first);
  };
}

function outcomeOf(data: SchemaData | undefined, first: boolean): SchemaOutcome {
  if (data === undefined) return { kind: 'ok' };
  if (data === 'unavailable-once') {
    return first ? { kind: 'unavailable', message: 'the registry is down' } : { kind: 'ok' };
  }
  if (typeof data === 'string') return { kind: 'refused', condition: data };
  const metadata = { dataFormat: 'JSON', schemaId: data.schemaId } as const;
  return 'key' in data
    ? { kind: 'ok', key: Buffer.from(data.key), keySchemaMetadata: metadata }
    : { kind: 'ok', value: Buffer.from(data.value), valueSchemaMetadata: metadata };
}
