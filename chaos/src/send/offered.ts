import { OfferedImages } from './offered-images.js';
import { OfferedMessages } from './offered-messages.js';

/** All that was sent, and what of it was acknowledged. */
export class Offered {
  readonly images = new OfferedImages();
  readonly messages = new OfferedMessages();

  get acknowledgedCount(): number {
    return this.images.acknowledgedCount + this.messages.acknowledgedCount;
  }
}
