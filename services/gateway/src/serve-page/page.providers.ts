import { ShowStatusHandler } from '../show-status/show-status.handler.js';
import { StatusController } from '../show-status/status.controller.js';
import { SessionController } from '../sign-in/session.controller.js';
import { Sessions } from '../sign-in/sessions.js';
import { SignInHandler } from '../sign-in/sign-in.handler.js';

/** What the page asks. */
export const pageControllers = [SessionController, StatusController];

export const pageProviders = [Sessions, SignInHandler, ShowStatusHandler];
