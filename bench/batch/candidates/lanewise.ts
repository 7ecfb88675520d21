import { type ConsumerRecord, json, kafkaHandler } from '../../../lib/index.ts';
import type { OpenHandler, OrderValue, Situation, Tally } from '../situation.ts';

type Order = ConsumerRecord<unknown, string>;

export const lanewise: OpenHandler = (situation, tally) => {
  const visit = visitorOf(situation, tally);
  const handle = situation.handler === 'no-op' ? visit : async (record: Order) => visit(record);
  const handler = kafkaHandler({ value: json(), handle });
  return (event) => {
    const deadline = Date.now() + 60_000;
    return handler(event, {
      awsRequestId: '8f6f3c1e-2f5b-4a53-9d5a-0d8a1ac1f2d7',
      getRemainingTimeInMillis: () => deadline - Date.now(),
    });
  };
};

function visitorOf({ fields, reads }: Situation, tally: Tally): (record: Order) => void {
  return (record) => {
    tally.records += 1;
    for (let read = 0; read < reads; read += 1) tally.sum += (record.value as OrderValue).sequence;
    if (fields === 'value') return;
    tally.sum += record.key?.length ?? 0;
    for (const [name, bytes] of record.headers) tally.sum += name.length + bytes.toString().length;
  };
}
