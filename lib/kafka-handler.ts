import { LanewiseError } from './errors/lanewise-error.ts';
import type { KafkaBatchResponse } from './event/kafka-event.ts';
import { parseKafkaEvent } from './event/parse-kafka-event.ts';
import { handleContext } from './lanes/handle-context.ts';
import { lanesOf } from './lanes/lane.ts';
import { runLanes } from './lanes/run-lanes.ts';
import { type InvocationContext, startBudget } from './lanes/time-budget.ts';
import { type KafkaHandlerOptions, settingsOf } from './options.ts';
import { batchEnd, batchStart } from './outcome/batch-end.ts';
import { batchResponse } from './outcome/batch-response.ts';
import { notify } from './telemetry/notify.ts';

/** A Lambda function for a Kafka event source mapping. */
export type KafkaHandler = (event: unknown, context: InvocationContext) => Promise<KafkaBatchResponse>;

/**
 * Makes a Lambda function of the work for one record.
 *
 * The function answers with the records that have to come again, so the event source mapping needs
 * `FunctionResponseTypes: ['ReportBatchItemFailures']` (provisioned mode). It throws, so that the whole batch comes again, when the event is not a
 * Kafka batch or has an offset that cannot be told exactly.
 *
 * @example
 * export const handler = kafkaHandler({
 *   value: json(OrderEvent),
 *   handle: async (record) => { if (record.value !== null) await issueInvoice(record.value); },
 * });
 *
 * @throws LanewiseError INVALID_OPTION
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function kafkaHandler<Value, Key = string>(options: KafkaHandlerOptions<Value, Key>): KafkaHandler {
  const settings = settingsOf(options);
  const { checkpoint, observer } = settings;
  return async (event, context) => {
    const lanes = lanesOf(parseKafkaEvent(event));
    const budget = startBudget(context, settings.deadlineMargin);
    const start = batchStart(lanes, context.awsRequestId);
    notify(observer, 'batchStarted', start);
    const run = { ...settings, budget, ...handleContext(budget, start.awsRequestId) };
    await (checkpoint?.runLanes ?? runLanes)(lanes, run, settings.timer);
    if (observer?.batchEnded) notify(observer, 'batchEnded', batchEnd(lanes, start, budget.remaining()));
    const response = batchResponse(lanes);
    const open = response.batchItemFailures.length;
    if (settings.response === 'partial' || !open) return response;
    throw new LanewiseError('BATCH_INCOMPLETE', `${open} of ${start.records} records are not done`);
  };
}
