import { BackfillController } from '../backfill-studies/backfill.controller.js';
import { DecideJoinHandler } from '../decide-joins/decide-join.handler.js';
import { JoinsController } from '../decide-joins/joins.controller.js';
import { LookAtMessageHandler } from '../decide-on-messages/look-at-message.handler.js';
import { ParkedMessagesController } from '../decide-on-messages/parked-messages.controller.js';
import { ExamsController } from '../prove-completeness/exams.controller.js';
import { OperatorActions } from '../record-actions/operator-actions.store.js';
import { RefusedPacksController } from '../retry-refused-packs/refused-packs.controller.js';
import { RetryRefusedPackHandler } from '../retry-refused-packs/retry-refused-pack.handler.js';
import { ShowStatusHandler } from '../show-status/show-status.handler.js';
import { StatusController } from '../show-status/status.controller.js';
import { SessionController } from '../sign-in/session.controller.js';
import { Sessions } from '../sign-in/sessions.js';
import { SignInHandler } from '../sign-in/sign-in.handler.js';
import { DevicesController } from '../test-echo/devices.controller.js';
import { TestEchoHandler } from '../test-echo/test-echo.handler.js';

/** What the page asks. */
export const pageControllers = [
  SessionController,
  StatusController,
  DevicesController,
  RefusedPacksController,
  ParkedMessagesController,
  ExamsController,
  JoinsController,
  BackfillController,
];

export const pageProviders = [
  Sessions,
  SignInHandler,
  OperatorActions,
  ShowStatusHandler,
  TestEchoHandler,
  RetryRefusedPackHandler,
  LookAtMessageHandler,
  DecideJoinHandler,
];
