import type { ConsumerRecord } from '../decode/consumer-record.ts';
import type { PermanentFailure } from '../errors/permanent-error.ts';

/**
 * Puts a record that can never succeed where somebody will look at it. When it resolves, the record counts as done and its lane moves on; when it
 * rejects, the record fails and comes again. It may be called more than once for a record.
 *
 * `record.value` and `record.key` are `undefined` when they could not be decoded; `valueBase64` and `keyBase64` are always there.
 */
export type Park = (record: ConsumerRecord, error: PermanentFailure) => Promise<void> | void;
