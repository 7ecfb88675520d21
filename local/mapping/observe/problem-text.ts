/** `LastProcessingResult` for trouble with the source, in AWS's own texts (R159, R160, documented). */
const KNOWN: readonly (readonly [sign: RegExp, text: string])[] = [
  [/not authorized|authorization/i, 'Cluster failed to authorize Lambda'],
  [/sasl/i, 'SASL authentication failed'],
  [/private key|certificate required|bad certificate/i, 'Provided certificate or private key is invalid'],
  [/certificate|self.signed|tls/i, 'Lambda failed to authenticate server'],
];

const CONNECTION = 'Connection error. Please check your event source connection configuration.';

/** Which of AWS's texts an error of the client means is our reading of its words (assumed). */
export function problemText(message: string): string {
  // R162, assumed: a missing topic shows here; AWS's words are not known.
  if (/topic .* does not exist/.test(message)) return `PROBLEM: ${message}`;
  const text = KNOWN.find(([sign]) => sign.test(message))?.[1] ?? CONNECTION;
  return `PROBLEM: ${text}`;
}
