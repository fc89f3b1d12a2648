import type { ReceivedEvent } from './received-event.js';

/**
 * Groups events of one partition into batches of one type each, as few as keep the order of each key: an event joins an
 * earlier batch of its type unless that would put it before an event of its own key.
 */
export function orderBatches(events: readonly ReceivedEvent[]): ReceivedEvent[][] {
  const batches: ReceivedEvent[][] = [];
  const latestOfKey = new Map<string, number>();
  const latestOfType = new Map<string, number>();
  for (const event of events) {
    const open = latestOfType.get(event.type) ?? -1;
    const fits = open >= 0 && open >= (latestOfKey.get(event.key) ?? 0);
    const place = fits ? open : batches.length;
    const batch = batches[place];
    if (batch === undefined) batches.push([event]);
    else batch.push(event);
    latestOfKey.set(event.key, place);
    latestOfType.set(event.type, place);
  }
  return batches;
}
