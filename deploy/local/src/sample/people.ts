export interface SamplePerson {
  readonly name: string;
  readonly pinyin: string;
  /** Resident identity number (GB 11643-1999) with its check digit, of a region that does not exist. */
  readonly residentId: string;
  readonly sex: 'F' | 'M';
}

/** Invented people. */
export const SAMPLE_PEOPLE = {
  wang: { name: '王^小雨', pinyin: 'WANG^XIAOYU', residentId: '339901199203170423', sex: 'F' },
  zhou: { name: '周^建平', pinyin: 'ZHOU^JIANPING', residentId: '339902196809051018', sex: 'M' },
  zheng: { name: '郑^桂兰', pinyin: 'ZHENG^GUILAN', residentId: '33990119550122302X', sex: 'F' },
  he: { name: '何^子墨', pinyin: 'HE^ZIMO', residentId: '339921198511302011', sex: 'M' },
  wu: { name: '吴^一帆', pinyin: 'WU^YIFAN', residentId: '339901200106091032', sex: 'M' },
} satisfies Record<string, SamplePerson>;

/** YYYYMMDD, which the number holds. */
export const birthDateOf = ({ residentId }: SamplePerson) => residentId.slice(6, 14);
