import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

export type Answer =
  | { readonly status: 'SUCCESS'; readonly physicalId: string }
  | { readonly status: 'FAILED'; readonly physicalId: string; readonly reason: string };

/** CloudFormation reads 4 kB of answer; a reason of this length leaves room for the rest. */
const longestReason = 1_000;

/**
 * Tells CloudFormation how a request ended, by a PUT to the address it gave.
 *
 * @throws Error when the address refuses, so that Lambda calls again
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  answer: Answer,
): Promise<void> {
  const body = JSON.stringify({
    Status: answer.status,
    PhysicalResourceId: answer.physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    ...(answer.status === 'FAILED' && { Reason: answer.reason.slice(0, longestReason) }),
  });
  const response = await fetch(event.ResponseURL, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: Buffer.from(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`CloudFormation's address answered ${response.status} ${response.statusText}`);
}
