import type { Effects } from '../report/run-report.ts';
import { awsClientConfig, endpointOf, type ServiceEnvironment } from '../services/aws-client-config.ts';
import { readOutbox } from './outbox.ts';
import type { ShopResources } from './shop-resources.ts';

/** Attributes by name, as far as they are text. */
type Row = Readonly<Record<string, string | undefined>>;

/**
 * What the consumers have done, counted in their tables and in the outbox of the mail service. A credit note that was
 * refused is none; a reservation counts also when it was released later.
 */
export async function readEffects(
  resources: ShopResources,
  environment: ServiceEnvironment,
): Promise<Effects> {
  const [invoices, reservations, mails] = await Promise.all([
    scan(resources.invoicesTable, ['kind', 'status'], environment),
    scan(resources.reservationsTable, ['outcome'], environment),
    readOutbox(endpointOf(environment, 'SESV2')),
  ]);
  const distinctMails = new Set(mails.map((mail) => JSON.stringify([mail.recipients, mail.subject]))).size;
  const withOutcome = (outcome: string) => reservations.filter((row) => row.outcome === outcome).length;
  return {
    invoices: invoices.filter((row) => row.kind === 'invoice').length,
    creditNotes: invoices.filter((row) => row.kind === 'credit-note' && row.status === 'issued').length,
    reservations: withOutcome('reserved'),
    backorders: withOutcome('back-ordered'),
    mails: distinctMails,
    mailsRepeated: mails.length - distinctMails,
  };
}

async function scan(
  table: string | undefined,
  attributes: readonly string[],
  environment: ServiceEnvironment,
): Promise<readonly Row[]> {
  if (table === undefined) return [];
  const { DynamoDBClient, paginateScan } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(awsClientConfig(environment, 'DYNAMODB'));
  const rows: Row[] = [];
  const request = {
    TableName: table,
    ConsistentRead: true,
    ProjectionExpression: attributes.map((_, index) => `#a${index}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name, index) => [`#a${index}`, name])),
  };
  try {
    for await (const page of paginateScan({ client }, request)) {
      for (const item of page.Items ?? []) {
        rows.push(Object.fromEntries(attributes.map((name) => [name, item[name]?.S])));
      }
    }
  } finally {
    client.destroy();
  }
  return rows;
}
