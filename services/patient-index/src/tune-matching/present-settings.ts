import { type MatchSettings, SHIPPED } from '../domain/match-settings.js';
import type { SetSettings } from '../storage/match-settings.store.js';

/** Settings as the portal lists them; null: nobody has set what is shipped. */
export const presentSettings = ({ version, leastBits, grades, model, ...set }: MatchSettings | SetSettings) => ({
  version,
  leastBits,
  grades,
  isShippedModel: model === null,
  set: 'setBy' in set ? { by: set.setBy, byName: set.setByName, at: set.setAt.toISOString(), note: set.note } : null,
});

/** What is shipped came before anything else. */
export const withShipped = (soFar: readonly SetSettings[]): (MatchSettings | SetSettings)[] => [...soFar, SHIPPED];
