// Of emergency departments and police: who it is was not known.
const NOBODY_HAN =
  /^[男女]?(无名氏?|无姓名|佚名|三无(人员|病人|患者)?|未知(姓名|人员|身份)?|姓名不详|不详|(身份)?不明(身份|人员)?|身份不详|匿名|无主|流浪(者|汉|人员)?|路人|患者|病人)[男女性甲乙丙丁一二三四五六七八九十某号]*$/;
const NOBODY_LATIN =
  /^(unknown|unidentified|anonym(ous|ized|ised)|noname|john\s?doe|jane\s?doe|doe\s?(john|jane)|wu\s?ming\s?shi)(\s(male|female|man|woman|patient|[a-z]))*$/;
// Of engineers: a device was tried, calibrated or shown.
const TEST_HAN = /测试|^(试机|演示|体模|水模|模体|质控|校准)|演示$/;
const TEST_LATIN =
  /(^|\s)(test(s|er|ing|patient)?|phantom|dummy|calibration)(\s|$)|^(demo|qa|qc|acr|ceshi)(\s(patient|phantom|[a-z]))*$/;

/** Whether a name is nobody's. Takes the Chinese part and the parts in letters; one that says a name may be whoever's it is. */
export function nobodyIn(han: string, latin: readonly string[]): 'NAME_OF_NOBODY' | 'TEST_NAME' | null {
  const letters = latin.join(' ');
  if (TEST_HAN.test(han) || TEST_LATIN.test(letters)) return 'TEST_NAME';
  if (NOBODY_HAN.test(han) || NOBODY_LATIN.test(letters)) return 'NAME_OF_NOBODY';
  return null;
}
