/**
 * For every AWS client of a function. One call must not eat the time of the batch: two attempts of at most two seconds
 * and then the record fails, comes again, and others have had their turn.
 *
 * Endpoint, region and credentials are the environment's own; `AWS_ENDPOINT_URL_<SERVICE>` points a client elsewhere.
 */
export const clientConfig = {
  maxAttempts: 2,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    // Without it, the SDK only warns.
    throwOnRequestTimeout: true,
  },
};
