import { LanewiseError } from '../../errors/lanewise-error.ts';
import type { KafkaEventRecord, RecordField } from '../../event/kafka-event.ts';
import { RegistryError } from '../registry/registry-error.ts';
import type { Framing, SchemaId } from './framing.ts';

/**
 * For a mapping that has a schema registry of its own with `EventRecordFormat: SOURCE`: it has removed the framing and put the schema's id into the record's
 * metadata. The message index of Protobuf is still there. // R147, R148
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
 */
export const mappingFraming: Framing = {
  name: 'mapping',
  unframe: (bytes, raw, field) => {
    if (raw === undefined || field === undefined) {
      throw new LanewiseError(
        'INVALID_OPTION',
        'mappingFraming needs the record: use the codec in kafkaHandler',
      );
    }
    const schemaId = schemaIdOf(raw, field);
    return { schemaId, body: bytes, messageIndex: typeof schemaId === 'number' ? 'confluent' : 'glue' };
  },
};

/** Retryable without it: the fault is the mapping's set-up, and no record should be parked for that. */
function schemaIdOf(raw: KafkaEventRecord, field: RecordField): SchemaId {
  const metadata = field === 'key' ? raw.keySchemaMetadata : raw.valueSchemaMetadata;
  const id = metadata?.schemaId;
  if (typeof id !== 'string') {
    throw new RegistryError(
      'SCHEMA_METADATA_MISSING',
      `the ${field} comes without schema metadata; the mapping needs a schema registry that validates the ${field}, with EventRecordFormat SOURCE`,
    );
  }
  return /^\d{1,10}$/.test(id) ? Number(id) : id.toLowerCase();
}
