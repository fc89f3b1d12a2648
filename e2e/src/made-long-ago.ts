import type { CtSeries } from '@yinglian/testing';

const DATE = '20260105';
const NAME = 'Bench^Patient=测试^病人';

/** The same series, made on another day (YYYYMMDD), of a patient whose name takes no more bytes. */
export const madeLongAgo = (series: CtSeries, studyDate: string, patientName = NAME): CtSeries => ({
  ...series,
  slices: series.slices.map((slice) => {
    const dataSet = Buffer.from(slice.dataSet);
    dataSet.write(studyDate, dataSet.indexOf(DATE));
    const padding = ' '.repeat(Buffer.byteLength(NAME) - Buffer.byteLength(patientName));
    dataSet.write(patientName + padding, dataSet.indexOf(NAME), 'utf8');
    return { ...slice, dataSet };
  }),
});
