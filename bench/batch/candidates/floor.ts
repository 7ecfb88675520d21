import type { KafkaEvent, KafkaEventRecord } from '../../../lib/event/kafka-event.ts';
import type { OpenHandler, OrderValue, Situation, Tally } from '../situation.ts';

/** Nothing but the decoding: no order, no failures, no answer. */
export const floor: OpenHandler = (situation, tally) => {
  const decode = decoderOf(situation, tally);
  return (event) => {
    for (const records of Object.values((event as KafkaEvent).records)) {
      for (const record of records) decode(record);
    }
  };
};

/** The floor with a handler that is awaited in order. */
export const awaitedFloor: OpenHandler = (situation, tally) => {
  const decode = decoderOf(situation, tally);
  const handle = situation.handler === 'no-op' ? decode : async (record: KafkaEventRecord) => decode(record);
  return async (event) => {
    for (const records of Object.values((event as KafkaEvent).records)) {
      for (const record of records) await handle(record);
    }
  };
};

function decoderOf({ fields, reads }: Situation, tally: Tally): (record: KafkaEventRecord) => void {
  return ({ key, value, headers }) => {
    // JSON.parse asks the buffer for its text, which the types do not know.
    const decoded: OrderValue = JSON.parse(Buffer.from(value ?? '', 'base64') as unknown as string);
    tally.records += 1;
    for (let read = 0; read < reads; read += 1) tally.sum += decoded.sequence;
    if (fields === 'value') return;
    tally.sum += Buffer.from(key ?? '', 'base64').toString().length;
    for (const header of headers ?? []) {
      for (const name of Object.keys(header)) {
        tally.sum += name.length + Buffer.from(header[name] ?? []).toString().length;
      }
    }
  };
}
