import type { Outcome } from '@yinglian/hl7';
import type { MessageState } from '../storage/message.store.js';

/** What a sender is told that its message led to; the text never repeats a value of the message. */
export function outcomeOfState({ state, reason, place }: MessageState): { outcome: Outcome; text?: string } {
  switch (state) {
    case 'applied':
    case 'ignored':
      return { outcome: 'accepted' };
    case 'discarded':
      return { outcome: 'rejected', text: 'A person has discarded the message' };
    case 'parked':
      return { outcome: 'error', text: `Kept, and waits for a person: ${reason} at ${place}` };
    default:
      return { outcome: 'error', text: 'Kept, and waits behind an earlier message that waits for a person' };
  }
}
