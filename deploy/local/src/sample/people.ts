export interface SamplePerson {
  readonly name: string;
  readonly pinyin: string;
  /** Resident identity number (GB 11643-1999) with its check digit, of a region that does not exist. */
  /** Empty where the hospital was not told. */
  readonly residentId: string;
  readonly sex: 'F' | 'M';
  /** YYYYMMDD, where another one was stated than the number holds. */
  readonly birthDate?: string;
  readonly phone?: string;
}

/** Invented people. */
export const SAMPLE_PEOPLE = {
  wang: { name: '王^小雨', pinyin: 'WANG^XIAOYU', residentId: '339901199203170423', sex: 'F' },
  zhou: { name: '周^建平', pinyin: 'ZHOU^JIANPING', residentId: '339902196809051018', sex: 'M' },
  zheng: { name: '郑^桂兰', pinyin: 'ZHENG^GUILAN', residentId: '33990119550122302X', sex: 'F' },
  he: { name: '何^子墨', pinyin: 'HE^ZIMO', residentId: '339921198511302011', sex: 'M', phone: '13955550142' },
  wu: { name: '吴^一帆', pinyin: 'WU^YIFAN', residentId: '339901200106091032', sex: 'M' },
} satisfies Record<string, SamplePerson>;

/** Whom only a steward can tell: who came with another's card, and who came again without one. */
export const DOUBTFUL_PEOPLE = {
  /** Stated her own name and date of birth, and 郑桂兰's number. */
  borrower: {
    name: '孙^巧云',
    pinyin: 'SUN^QIAOYUN',
    residentId: SAMPLE_PEOPLE.zheng.residentId,
    sex: 'F',
    birthDate: '19570914',
    phone: '13955550187',
  },
  /** 何子墨 without his number. */
  again: { ...SAMPLE_PEOPLE.he, residentId: '', birthDate: SAMPLE_PEOPLE.he.residentId.slice(6, 14) },
} satisfies Record<string, SamplePerson>;

/** YYYYMMDD, as stated, or which the number holds. */
export const birthDateOf = ({ residentId, birthDate }: SamplePerson) => birthDate ?? residentId.slice(6, 14);
