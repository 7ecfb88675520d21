/** Whether a record is too old to be sent (R109): the age is measured from its own timestamp (basis assumed). */
export function isExpired(timestamp: number, maximumAge: number, now: number): boolean {
  return maximumAge >= 0 && now - timestamp > maximumAge;
}

/**
 * Parts records into those to send and those that grew too old (R110, observed for streams, assumed for Kafka).
 * Returns the list itself when nothing expired, the common case.
 */
export function splitExpired<T extends { readonly timestamp: number }>(
  records: readonly T[],
  maximumAge: number,
  now: number,
): { readonly fresh: readonly T[]; readonly expired: readonly T[] } {
  if (maximumAge < 0) return { fresh: records, expired: [] };
  const expired = records.filter((record) => isExpired(record.timestamp, maximumAge, now));
  if (expired.length === 0) return { fresh: records, expired };
  return { fresh: records.filter((record) => !isExpired(record.timestamp, maximumAge, now)), expired };
}
