export type { Park } from './park.ts';
export {
  type ParkedDocument,
  type ParkedLocation,
  type ParkedReference,
  type ParkedSummary,
  parkedDocument,
  parkedJson,
  referenceTo,
} from './parked-document.ts';
export {
  type OverflowOptions,
  type ParkedStore,
  type ParkOptions,
  type ParkSink,
  parking,
} from './parking.ts';
export { isReference, type ProducibleRecord, producible, readParked } from './read-parked.ts';
