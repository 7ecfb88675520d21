import type { SchemaStep } from '../../../local/mapping/read/schema-step.ts';
import { faultStrikes, type World } from './world.ts';

/** A schema registry that refuses some records for good and is down at times. */
export function schemaStep(world: World): SchemaStep {
  const { faults } = world.plan;
  return ({ partition, offset }) => {
    if (faultStrikes(world, faults.schemaUnavailable)) return { kind: 'unavailable', message: 'it is down' };
    const refused = world.logs[partition]?.slots[offset]?.planned.fate.kind === 'refused';
    return refused ? { kind: 'refused', condition: 'SCHEMA_NOT_FOUND' } : { kind: 'ok' };
  };
}
