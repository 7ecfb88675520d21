/** The schema registry as a port: what it says on a record comes from outside (R141–R150). */
import type { SourceRecord } from '../../source/record-source.ts';

/** R145, documented: added to the record when the attribute is checked, absent otherwise (R146, observed). */
export interface SchemaMetadata {
  readonly dataFormat: 'AVRO' | 'PROTOBUF' | 'JSON';
  readonly schemaId: string;
}

export type SchemaOutcome =
  | {
      readonly kind: 'ok';
      /** Replace the record's own when given (R147). */
      readonly key?: Buffer | null;
      readonly value?: Buffer | null;
      readonly keySchemaMetadata?: SchemaMetadata;
      readonly valueSchemaMetadata?: SchemaMetadata;
    }
  /** R144, documented: never sent to the function; to the destination with this condition, or dropped. */
  | { readonly kind: 'refused'; readonly condition: 'SCHEMA_NOT_FOUND' | 'DESERIALIZATION_ERROR' }
  /** R149: the partition waits and asks again. The metric is documented, the retry assumed. */
  | { readonly kind: 'unavailable'; readonly message: string };

export type SchemaStep = (record: SourceRecord) => SchemaOutcome;
