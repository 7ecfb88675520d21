/** The key that the contract of the topic asks for, if the event names an order. */
export function orderKey(event: unknown): Buffer | null {
  if (typeof event !== 'object' || event === null || !('orderId' in event)) return null;
  return typeof event.orderId === 'string' ? Buffer.from(event.orderId) : null;
}
