export interface ReportSection {
  readonly title: string;
  readonly text: string;
}

const report = (findings: string, impression: string): readonly ReportSection[] => [
  { title: 'SEE^检查所见', text: findings },
  { title: 'DIAG^诊断意见', text: impression },
];

/** What radiologists of the sample hospitals wrote. Invented, of phantoms. */
export const SAMPLE_REPORTS = {
  chestCtEnhanced: report(
    '双肺纹理清晰，走行自然。增强扫描肺动脉及其分支充盈良好，未见充盈缺损。纵隔内未见肿大淋巴结。',
    '胸部CT增强扫描未见明显异常。',
  ),
  chestCt: report('双肺透亮度正常，未见实变及结节影。气管支气管通畅。双侧胸腔无积液。', '胸部CT平扫未见明显异常。'),
  brainMr: report('双侧大脑半球对称，灰白质分界清楚，脑室系统未见扩张，中线结构居中。', '颅脑MRI平扫未见明显异常。'),
  chestDx: report('双肺野清晰，心影大小形态正常，双侧膈面光整，肋膈角锐利。', '心肺膈未见明显异常。'),
} as const;
