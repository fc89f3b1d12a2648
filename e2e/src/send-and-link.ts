import { type CtSeries, DicomWebClient, firstValue, type Province } from '@yinglian/testing';
import { eventually } from './eventually.js';
import { sendSeries } from './send-files.js';

/** Sends the series to the first hospital of the sample. The id of its person, once a clinician there finds the study with it. */
export async function sendAndLink(province: Province, series: CtSeries): Promise<string> {
  const [hospital] = province.endpoints.hospitals.filter(({ code }) => code === 'H001');
  if (hospital === undefined) throw new Error('There is no hospital H001');
  await sendSeries(hospital, series);
  const clinician = new DicomWebClient(province.endpoints.dicomweb, await province.token('dr.lin'));
  return eventually('the study is found with its person', async () => {
    const [study] = await clinician.find(`/studies?StudyInstanceUID=${series.studyInstanceUid}`);
    const personId = String(firstValue(study, '00100020'));
    return /^P[0-9A-Z]{26}$/.test(personId) && personId;
  });
}
