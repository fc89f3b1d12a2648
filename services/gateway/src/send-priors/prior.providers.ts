import type { Provider } from '@nestjs/common';
import { PriorOffersClient } from './prior-offers.client.js';
import { PriorSender } from './prior-sender.js';
import { SendPriorsWorker } from './send-priors.worker.js';
import { SentPriors } from './sent-priors.store.js';

/** What brings priors of other hospitals to the bedside. */
export const priorProviders: Provider[] = [SentPriors, PriorOffersClient, PriorSender, SendPriorsWorker];
