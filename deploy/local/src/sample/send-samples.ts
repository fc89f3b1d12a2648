import { z } from 'zod';
import { isStored, storeInstances } from '../send/store-instances.scu.js';
import { SAMPLE_HOSPITALS } from './hospitals.js';
import { sampleInstances } from './sample-instances.js';
import { sendMessages } from './send-messages.js';
import { SAMPLE_STUDIES, studyUidOf } from './studies.js';
import { messagesOf } from './study-messages.js';

const CALLING_AE_TITLE = 'MODALITY';

/** What the launcher tells this process. */
const Order = z.object({
  host: z.string(),
  hospitals: z.array(z.object({ code: z.string(), aeTitle: z.string(), dicomPort: z.number(), hl7Port: z.number() })),
  homeSecret: z.string(),
  today: z.iso.datetime(),
});
export type Order = z.infer<typeof Order>;

/** Makes the sample studies and sends each to its hospital's gateway, as that hospital's HIS, scanner and RIS would. */
async function sendSamples({ host, hospitals, homeSecret, today }: Order): Promise<number> {
  let failures = 0;
  for (const study of SAMPLE_STUDIES) {
    const hospital = hospitals.find(({ code }) => code === study.hospital);
    const hospitalName = SAMPLE_HOSPITALS.find(({ code }) => code === study.hospital)?.name;
    if (hospital === undefined || hospitalName === undefined) continue;
    const target = {
      host,
      port: hospital.dicomPort,
      callingAeTitle: CALLING_AE_TITLE,
      calledAeTitle: hospital.aeTitle,
    };
    const messages = messagesOf(study, studyUidOf(study, homeSecret), new Date(today));
    failures += await sendMessages(host, hospital.hl7Port, messages.before);
    const instances = [...sampleInstances(study, { hospitalName, homeSecret, today: new Date(today) })];
    await storeInstances(target, instances, (_, outcome) => {
      if (!isStored(outcome)) failures += 1;
    });
    failures += await sendMessages(host, hospital.hl7Port, messages.after);
  }
  return failures;
}

process.once('message', (message) => {
  void sendSamples(Order.parse(message)).then((failures) => process.exit(failures === 0 ? 0 : 1));
});
process.once('disconnect', () => process.exit(1));
