import type { GatewayStatus } from '../../../../../src/show-status/gateway-status.js';

/** What waits for a person to decide. */
export const heldCount = ({ refusedPacks, messages, joins }: GatewayStatus): number =>
  refusedPacks.total + messages.parked + joins.undecided;
