/** What the constructs under test bundle. */
export const handler = async () => ({ batchItemFailures: [] });
