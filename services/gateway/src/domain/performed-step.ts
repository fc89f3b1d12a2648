export const STEP_STATUSES = ['IN PROGRESS', 'COMPLETED', 'DISCONTINUED'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/** One order that a step performs, from the Scheduled Step Attributes Sequence (0040,0270); empty where nothing is said. */
export interface PerformedOrder {
  readonly studyInstanceUid: string;
  readonly accessionNumber: string;
  readonly requestedProcedureId: string;
  readonly placerOrderNumber: string;
  readonly fillerOrderNumber: string;
}

/** A modality performed procedure step as far as completeness needs it. Times are instants. */
export interface PerformedStep {
  readonly stepUid: string;
  readonly status: StepStatus;
  readonly aeTitle: string;
  readonly modality: string;
  readonly patientId: string;
  readonly patientIssuer: string;
  readonly orders: readonly PerformedOrder[];
  /** SOP Instance UIDs of the images and other objects that it lists. */
  readonly instances: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** What a message says of a step; absent is what it does not say. */
export interface SaidOfStep {
  readonly status?: StepStatus;
  readonly modality?: string;
  readonly patientId?: string;
  readonly patientIssuer?: string;
  readonly orders?: readonly PerformedOrder[];
  readonly instances?: readonly string[];
  readonly startedAt?: string;
  readonly endedAt?: string;
}

export type StepRefusal = 'not-begun' | 'status-missing' | 'order-missing' | 'has-ended';

/** N-CREATE: a step begins, in progress (PS3.4 section F.7.2.1). */
export function beginStep(
  stepUid: string,
  aeTitle: string,
  said: SaidOfStep,
  receivedAt: string,
): PerformedStep | StepRefusal {
  if (said.status === undefined) return 'status-missing';
  if (said.status !== 'IN PROGRESS') return 'not-begun';
  const { orders = [] } = said;
  if (orders.length === 0) return 'order-missing';
  return {
    stepUid,
    status: said.status,
    aeTitle,
    modality: said.modality ?? '',
    patientId: said.patientId ?? '',
    patientIssuer: said.patientIssuer ?? '',
    orders,
    instances: said.instances ?? [],
    startedAt: said.startedAt ?? receivedAt,
    endedAt: null,
  };
}

/** N-SET: what it says replaces what was said; one that has ended is not changed any more (PS3.4 section F.7.2.2). */
export function changeStep(step: PerformedStep, said: SaidOfStep, receivedAt: string): PerformedStep | StepRefusal {
  if (step.status !== 'IN PROGRESS') return 'has-ended';
  const status = said.status ?? step.status;
  return {
    ...step,
    status,
    modality: said.modality ?? step.modality,
    instances: said.instances ?? step.instances,
    endedAt: status === 'IN PROGRESS' ? null : (said.endedAt ?? receivedAt),
  };
}

/** A device's clock counts only when it is near the gateway's: no step is reported days after it, or before it. */
export function likelyInstant(stated: string | undefined, receivedAt: string): string | undefined {
  if (stated === undefined) return undefined;
  const agoMs = Date.parse(receivedAt) - Date.parse(stated);
  return agoMs > -5 * 60_000 && agoMs < 7 * 24 * 3_600_000 ? stated : undefined;
}
