/** Limits of AWS Lambda that an emulated function keeps. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */

/** Bytes of a synchronous request. */
export const maximumRequestBytes = 6_291_456;

/** Bytes of an answer: Lambda's own error text names 100 more than for a request. */
export const maximumResponseBytes = 6_291_556;

/** R8: a function behind a Kafka mapping may take at most 14 minutes. */
export const maximumKafkaTimeout = 840_000;

/** The init phase of an environment; what takes longer is started anew, within the invocation's own timeout. */
export const initTimeout = 10_000;

/** Concurrent executions of one account in one region, before anyone asks AWS for more. */
export const accountConcurrency = 1_000;

/** Whether a text has more bytes than `maximum` in UTF-8; most texts are decided by their length alone. */
export function isLongerThan(text: string, maximum: number): boolean {
  if (text.length * 3 <= maximum) return false;
  return text.length > maximum || Buffer.byteLength(text) > maximum;
}
