import { Admin } from '@platformatic/kafka';

/** Whether a broker is one of those that may hold partitions: it listens a while before the controller lets it. */
export async function isReady(id: number, port: number): Promise<boolean> {
  const admin = new Admin({
    clientId: 'is-ready',
    bootstrapBrokers: [`127.0.0.1:${port}`],
    retries: 0,
    connectTimeout: 30_000,
  });
  try {
    const { brokers } = await admin.metadata({ topics: [], forceUpdate: true });
    return brokers.has(id);
  } catch {
    return false;
  } finally {
    await admin.close();
  }
}
