import { type Consumer, kGetConnection, NetworkError } from '@platformatic/kafka';

/**
 * The client remembers which broker coordinates its group until a connection to it fails. When that broker has left the
 * cluster there is nothing to connect to, and the client (2.12.1) goes on to ask for it until it comes back. Telling it
 * that the connection failed makes it look for the new coordinator.
 */
export function findCoordinatorAgain(consumer: Consumer): void {
  const connect = consumer[kGetConnection].bind(consumer);
  consumer[kGetConnection] = (broker, callback) => {
    // The types promise a broker; a lookup of one that is gone brings none.
    if ((broker as unknown) === undefined) {
      callback(new NetworkError('the broker has left the cluster'));
    } else {
      connect(broker, callback);
    }
  };
}
