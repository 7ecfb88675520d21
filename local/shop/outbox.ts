import * as z from 'zod';
import { LocalError } from '../local-error.ts';
import { requestJson } from '../services/request-json.ts';

export interface SentMail {
  readonly recipients: readonly string[];
  readonly subject: string;
  /** The plain text part. */
  readonly text: string;
}

/** What `GET /store` of aws-ses-v2-local answers, as far as we read it. */
const Store = z.object({
  emails: z.array(
    z.object({
      destination: z.object({ to: z.array(z.string()) }),
      subject: z.string(),
      body: z.object({ text: z.string().optional() }),
    }),
  ),
});

/** Every mail that the embedded mail service has taken. A service of somebody else that shows no outbox has none. */
export async function readOutbox(endpoint: string | undefined): Promise<readonly SentMail[]> {
  if (endpoint === undefined) return [];
  const response = await requestJson(new URL('/store', endpoint)).catch(() => {
    throw new LocalError(`the mail service at ${endpoint} does not answer, so its mails cannot be counted`);
  });
  const store = Store.safeParse(response.body);
  if (!store.success) return [];
  return store.data.emails.map((email) => ({
    recipients: email.destination.to,
    subject: email.subject,
    text: email.body.text ?? '',
  }));
}
