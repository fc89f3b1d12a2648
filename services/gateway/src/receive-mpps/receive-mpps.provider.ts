import type { FactoryProvider } from '@nestjs/common';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { Ledger } from '../ledger/ledger.js';
import { PerformedStepStore } from '../storage/performed-step.store.js';
import { ReceiveMppsScp } from './receive-mpps.scp.js';

/** Performed procedure steps; what they say of a study counts for it at once. */
export const receiveMppsProvider: FactoryProvider<ReceiveMppsScp> = {
  provide: ReceiveMppsScp,
  inject: [Ledger, HospitalFile, ForwardInstances],
  useFactory: (ledger: Ledger, hospitalFile: HospitalFile, { studies }: ForwardInstances) =>
    new ReceiveMppsScp(ledger, new PerformedStepStore(ledger), {
      timeZone: () => hospitalFile.current.hl7.timeZone,
      stepChanged: ({ orders }) => {
        for (const { studyInstanceUid } of orders) void studies.heardOf(studyInstanceUid);
      },
    }),
};
